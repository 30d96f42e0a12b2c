// tracking: where is this lot now, and who holds it.
import { askedFor } from '../goods-ledger/asked-for.js';
import { total } from '../goods-ledger/books.js';
import { dateInWords } from '../goods-ledger/in-words.js';
import type { LotFact } from '../lot/lot.events.js';
import { Unknown } from '../kernel/errors.js';
import type { Recorded } from '../kernel/recorded.js';
import { grouped } from '../kernel/quantity.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import type { Report } from '../nest/report.answers.js';
import { defineReport } from '../nest/report.definition.js';
import { expiriesOf } from './expiries.js';
import { standingFlows } from './flows.js';
import { standing, toldBy } from './papers.js';
import { LotTraceQuery } from './tracking.queries.js';
import { layersOf } from './trail.js';
import { layoutOf, namesIn, whereaboutsColumns } from './whereabouts.columns.js';
import { isHandedOut, isInOurHands, whereaboutsOf, type Whereabouts } from './whereabouts.js';

/** What is decided about a lot. */
interface LotStanding {
  readonly status: 'free' | 'held' | 'recalled';
  readonly reason: string | null;
  readonly since: string | null;
}

/** Quantities in base units; the three of them are all that is known of the lot. */
export interface LotTrace extends Report<Whereabouts>, LotStanding {
  readonly item: string;
  readonly lot: string;
  /** Last day of use by the latest paper that states one. */
  readonly expiry: string | null;
  /** With recipients. */
  readonly handedOut: number;
  /** In a hub, under way or refused by a recipient. */
  readonly stoppable: number;
  /** Lost, returned to the donor, or unexplained. */
  readonly elsewhere: number;
}

/** Costs one read of the ledger, and one of the log for each consignment that carried the lot. */
export const lotReport = defineReport<LotTraceQuery, Whereabouts>({
  name: 'lot',
  description: 'where is a production lot now: hubs, consignments, countries, recipients',
  query: LotTraceQuery,
  options: [
    { flags: '--item <item>', description: 'what it is a lot of, for example MASK' },
    { flags: '--lot <lot>', description: 'the lot as it is printed on the goods' },
  ],
  async ask({ item, lot, ...query }, { ledger, catalogue, log, checkpoint }) {
    const limits = limitsOf(query);
    askedFor({ item }, catalogue);
    const stream = `lot-${item}/${lot}`;
    const flows = standingFlows(ledger.movements(limits, { item, lot }));
    const everNamed = flows.length > 0 || ledger.movements({}, { item, lot }).length > 0;
    if (!everNamed && (await log.readStream(stream)).length === 0) {
      throw new Unknown('lot', `${lot} of ${item}`, 'Nothing names it; small and capital letters differ.');
    }
    const streams = flows.map((flow) => flow.stream);
    const told = await toldBy(streams, limits, { log, checkpoint });
    const rows = whereaboutsOf(layersOf(flows), told, namesIn(catalogue));
    const decided = await standing<LotFact>(stream, limits, { log, checkpoint });
    const stands = lotStanding(decided.filter(({ data }) => data.item === item && data.lot === lot));
    const report: LotTrace = {
      asOf: asOfAnswer(limits, checkpoint),
      ...{ item, lot, ...stands, expiry: expiriesOf(told).of(item, lot) ?? null },
      handedOut: total(rows.filter(isHandedOut)),
      stoppable: total(rows.filter(isInOurHands)),
      elsewhere: total(rows.filter((row) => !isHandedOut(row) && !isInOurHands(row))),
      rows,
    };
    const columns = whereaboutsColumns('lot', query.timeZone);
    const notes = notesOf(report, query.timeZone);
    return { report, layout: layoutOf(`Lot ${lot} of ${item}`, columns, rows, notes) };
  },
});

function lotStanding(facts: readonly Recorded<LotFact>[]): LotStanding {
  const latest = facts.at(-1);
  if (!latest || latest.type === 'LotReleased') return { status: 'free', reason: null, since: null };
  const since = new Date(latest.happenedAt).toISOString();
  return { status: latest.type === 'LotHeld' ? 'held' : 'recalled', reason: latest.data.reason, since };
}

function notesOf(trace: LotTrace, timeZone?: string): string[] {
  const { status, reason, since, expiry, handedOut, stoppable, elsewhere } = trace;
  const stopped = { free: 'Free to move.', held: 'ON HOLD', recalled: 'RECALLED' }[status];
  return [
    since === null
      ? stopped
      : `${stopped} since ${dateInWords(Date.parse(since), timeZone)}: ${reason?.replace(/[.]$/, '')}.`,
    expiry === null ? 'No expiry stated.' : `Last day of use: ${expiry}.`,
    `Handed out ${grouped(handedOut)}, still stoppable ${grouped(stoppable)}, lost, returned or unexplained ${grouped(elsewhere)}.`,
  ];
}
