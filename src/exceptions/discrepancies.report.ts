// exceptions: the question what is missing or too many, since when, and what has explained parts of it.
import { askedFor } from '../goods-ledger/asked-for.js';
import { grouped } from '../kernel/quantity.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import type { Report } from '../nest/report.answers.js';
import { defineReport } from '../nest/report.definition.js';
import { agesAt, knownPlace } from './ages.js';
import { discrepancies, type Cause, type Discrepancy } from './discrepancy.js';
import { Evidence } from './evidence.js';
import { ageHours, ageText, isFor } from './exception.js';
import { DiscrepanciesQuery } from './exceptions.queries.js';

interface DiscrepancyRow extends Omit<Discrepancy, 'since'> {
  readonly unit: string;
  readonly since: string;
  readonly ageHours: number;
}

interface DiscrepanciesAnswer extends Report<DiscrepancyRow> {
  /** The instant that ages are counted to. */
  readonly agesAt: string;
}

export const discrepanciesReport = defineReport<DiscrepanciesQuery, DiscrepancyRow>({
  name: 'discrepancies',
  description: 'what is missing or too many, since when, which count found it, and what has explained parts of it',
  query: DiscrepanciesQuery,
  options: [
    { flags: '--country <code>', description: 'only goods for this country (IT) or destination (Africa, undecided)' },
    { flags: '--hub <place>', description: 'only at this hub, or on the way from or to it' },
  ],
  ask({ country, hub, ...query }, { ledger, catalogue, milestones, checkpoint }) {
    const limits = limitsOf(query);
    const { destination } = askedFor({ country }, catalogue);
    const { place } = knownPlace(hub, catalogue);
    const evidence = new Evidence({ ledger, catalogue, milestones }, limits, agesAt(limits, milestones));
    const rows = ledger
      .steady(() => discrepancies(evidence, ledger.holdingsAsOf(limits, { bucket: 'unexplained' })))
      .filter((one) => destination === undefined || isFor([one.destination], destination))
      .filter((one) => place === undefined || one.places.includes(place))
      .sort((a, b) => a.since - b.since)
      .map(({ since, ...one }) => ({
        ...{ ...one, unit: evidence.unitOf(one.item), since: new Date(since).toISOString() },
        ageHours: ageHours(since, evidence.agesAt),
      }));
    const at = new Date(evidence.agesAt).toISOString();
    const report: DiscrepanciesAnswer = { asOf: asOfAnswer(limits, checkpoint), agesAt: at, rows };
    return { report, layout: layoutOf(at) };
  },
});

function layoutOf(at: string) {
  return {
    title: 'Open discrepancies',
    columns: [
      { heading: 'where', field: 'holderKind', of: holderText, raw: ({ holder }: DiscrepancyRow) => holder.kind },
      { heading: 'holder', field: 'holder', of: ({ holder }: DiscrepancyRow) => holder.id, csvOnly: true },
      { heading: 'age', field: 'ageHours', of: (row: DiscrepancyRow) => ageText(row.ageHours), raw: hoursOf },
      { heading: 'for', field: 'destination', of: (row: DiscrepancyRow) => row.destination },
      { heading: 'item', field: 'item', of: (row: DiscrepancyRow) => row.item },
      { heading: 'unit', field: 'unit', of: (row: DiscrepancyRow) => row.unit },
      { heading: 'donation', field: 'donation', of: (row: DiscrepancyRow) => row.donation },
      { heading: 'lot', field: 'lot', of: (row: DiscrepancyRow) => row.lot },
      { heading: 'missing', field: 'missing', of: (row: DiscrepancyRow) => row.missing },
      { heading: 'too many', field: 'surplus', of: (row: DiscrepancyRow) => row.surplus, zeroHides: true },
      { heading: 'since', field: 'since', of: (row: DiscrepancyRow) => row.since, csvOnly: true },
      { heading: 'found by', field: 'foundBy', of: (row: DiscrepancyRow) => causes(row.foundBy) },
      { heading: 'explained so far', field: 'explainedBy', of: (row: DiscrepancyRow) => causes(row.explainedBy) },
      { heading: 'ages at', field: 'agesAt', of: () => at, csvOnly: true },
    ],
    notes: [`Ages at ${at}.`],
  };
}

const hoursOf = (row: DiscrepancyRow) => row.ageHours;
const holderText = ({ holder }: DiscrepancyRow) => `${holder.kind} ${holder.id}`;

/** 2020-03-16 received GRN-17: 8; … */
function causes(all: readonly Cause[]): string {
  const words = all.map(({ kind, document, position, happenedAt, quantity }) => {
    return `${happenedAt.slice(0, 10)} ${kind} ${document ?? `(entry ${position})`}: ${grouped(quantity)}`;
  });
  return words.join('; ');
}
