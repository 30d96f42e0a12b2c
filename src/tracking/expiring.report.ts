// tracking: lots that expire soon.
import { askedFor } from '../goods-ledger/asked-for.js';
import { systemClock } from '../kernel/clock.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import type { Column } from '../nest/report.answers.js';
import { defineReport } from '../nest/report.definition.js';
import { dayOf } from './days.js';
import { expiringOf, type Expiring } from './expiring.js';
import { toldBy } from './papers.js';
import { ExpiringQuery } from './tracking.queries.js';
import { namesIn } from './whereabouts.columns.js';

/** Costs two reads of the ledger, and one of the log for each consignment that carried goods of a known lot. */
export const expiringReport = defineReport<ExpiringQuery, Expiring>({
  name: 'expiring',
  description: 'lots that expire soon, where they are and how many',
  query: ExpiringQuery,
  options: [
    { flags: '--within <days>', description: 'days from the day of the question; 90 when left out' },
    { flags: '--on <date>', description: 'the day of the question; the day of --until when left out, or else today' },
    { flags: '--item <item>', description: 'only this item, for example MASK' },
  ],
  async ask({ within, on, item, ...query }, { ledger, catalogue, log, checkpoint }) {
    const limits = limitsOf(query);
    const which = askedFor({ item }, catalogue);
    const day = on ?? dayOf(limits.until ?? systemClock.now().getTime(), query.timeZone);
    const { movements, holdings } = ledger.steady(() => ({
      movements: ledger.movements(limits, which),
      holdings: ledger.holdingsAsOf(limits, which),
    }));
    const streams = movements.filter(({ lot }) => lot !== '').map(({ stream }) => stream);
    const told = await toldBy(streams, limits, { log, checkpoint });
    const rows = expiringOf(holdings, told, { on: day, within }, namesIn(catalogue));
    return {
      report: { asOf: asOfAnswer(limits, checkpoint), on: day, within, rows },
      layout: { title: `Lots that expire within ${within} days of ${day}`, columns: COLUMNS, notes: NOTES },
    };
  },
});

const COLUMNS: readonly Column<Expiring>[] = [
  { heading: 'last day', field: 'expiry', of: ({ expiry }) => expiry },
  { heading: 'alert', field: 'alert', of: ({ alert }) => alert },
  { heading: 'item', field: 'item', of: ({ item }) => item },
  { heading: 'lot', field: 'lot', of: ({ lot }) => lot },
  { heading: 'state', field: 'state', of: ({ state }) => state },
  { heading: 'bucket', field: 'bucket', of: ({ bucket }) => bucket, csvOnly: true },
  {
    heading: 'where',
    field: 'holder',
    of: ({ holder }) => `${holder.id} ${holder.name}`.trim(),
    raw: ({ holder }) => holder.id,
  },
  { heading: 'holder is', field: 'holderKind', of: ({ holder }) => holder.kind, csvOnly: true },
  { heading: 'for', field: 'destination', of: ({ destination }) => destination },
  { heading: 'donation', field: 'donation', of: ({ donation }) => donation },
  { heading: 'unit', field: 'unit', of: ({ unit }) => unit },
  { heading: 'days left', field: 'daysLeft', of: ({ daysLeft }) => daysLeft },
  { heading: 'quantity', field: 'quantity', of: ({ quantity }) => quantity },
];

const NOTES = ['Yellow: less than nine months left. Red: less than three.'];
