// tracking: where is my donation.
import { total } from '../goods-ledger/books.js';
import type { Holding } from '../goods-ledger/account.js';
import type { DonationFact } from '../donation/donation.events.js';
import { Unknown } from '../kernel/errors.js';
import { grouped } from '../kernel/quantity.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import type { Report } from '../nest/report.answers.js';
import { defineReport } from '../nest/report.definition.js';
import { standingFlows } from './flows.js';
import { standing, toldBy } from './papers.js';
import { DonationTraceQuery } from './tracking.queries.js';
import { layersOf } from './trail.js';
import { layoutOf, namesIn, whereaboutsColumns } from './whereabouts.columns.js';
import { whereaboutsOf, type Whereabouts } from './whereabouts.js';

/** In base units. `given` left the donor; `difference` is what the rows fail to account for: 0, or a fault of ours. */
export interface Reckoning {
  readonly pledged: number;
  readonly given: number;
  readonly accountedFor: number;
  readonly difference: number;
}

/** The figures over all items together, and item by item. */
export interface DonationTrace extends Report<Whereabouts>, Reckoning {
  readonly donation: string;
  readonly donor: string | null;
  readonly items: readonly ({ readonly item: string; readonly unit: string } & Reckoning)[];
}

/** Costs one read of the ledger, and one of the log for each consignment that the donation's goods travelled with. */
export const donationReport = defineReport<DonationTraceQuery, Whereabouts>({
  name: 'donation',
  description: 'where is my donation: every piece, with its papers',
  query: DonationTraceQuery,
  options: [{ flags: '--donation <number>', description: 'which donation, for example EU-2020-1' }],
  async ask({ donation, ...query }, { ledger, catalogue, log, checkpoint }) {
    const limits = limitsOf(query);
    const { movements, holdings } = ledger.steady(() => ({
      movements: ledger.movements(limits, { donation }),
      holdings: ledger.holdingsAsOf(limits, { donation }),
    }));
    const stream = `donation-${donation}`;
    if ((await log.readStream(stream)).length === 0) throw new Unknown('donation', donation, 'Check its number.');
    const donor = donorOf(await standing<DonationFact>(stream, limits, { log, checkpoint }));
    const flows = standingFlows(movements);
    const told = await toldBy(
      flows.map((flow) => flow.stream),
      limits,
      { log, checkpoint },
    );
    const names = namesIn(catalogue);
    const rows = whereaboutsOf(layersOf(flows), told, names);
    const items = [...new Set(holdings.map(({ item }) => item))].sort().map((item) => {
      const of = <T extends { item: string }>(all: readonly T[]) => all.filter((one) => one.item === item);
      return { item, unit: names.unit(item), ...reckoned(of(holdings), of(rows)) };
    });
    const report: DonationTrace = {
      asOf: asOfAnswer(limits, checkpoint),
      ...{ donation, donor, ...reckoned(holdings, rows), items, rows },
    };
    const from = donor === null ? '' : `, given by ${donor} ${names.organisation(donor)}`.trimEnd();
    const title = `Donation ${donation}${from}`;
    const columns = whereaboutsColumns('donation', query.timeZone);
    return { report, layout: layoutOf(title, columns, rows, items.map(sentence)) };
  },
});

function donorOf(facts: readonly DonationFact[]): string | null {
  const pledged = facts.findLast((fact) => fact.type === 'DonationPledged');
  return pledged?.type === 'DonationPledged' ? pledged.data.donor : null;
}

/** The donor's account and the rows are read apart, so that one checks the other. */
function reckoned(holdings: readonly Holding[], rows: readonly Whereabouts[]): Reckoning {
  const pledged = total(holdings.filter(({ account }) => account.bucket === 'pledged'));
  const given = -total(holdings.filter(({ account }) => account.bucket === 'donor')) + 0;
  const accountedFor = total(rows);
  return { pledged, given, accountedFor, difference: given - accountedFor };
}

function sentence({ item, unit, pledged, given, accountedFor, difference }: DonationTrace['items'][number]): string {
  const figures = `pledged ${grouped(pledged)}, given ${grouped(given)}, accounted for ${grouped(accountedFor)}`;
  return `${item} (${unit}): ${figures}, difference ${grouped(difference)}.`;
}
