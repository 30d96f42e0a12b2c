// country report: how many did each country get; pure.
import type { ReportedBucket } from '../goods-ledger/account.js';
import type { Total } from '../goods-ledger/as-of.js';
import { isCountry } from '../goods-ledger/destination.js';

/** Quantities of one item for one country, in base units; goods whose country is not decided name their destination. */
export interface CountryRow {
  /** ISO 3166-1 alpha-2; null while the country is not decided. */
  readonly country: string | null;
  /** Group, region or `undecided`; only when there is no country. */
  readonly destination?: string;
  readonly item: string;
  readonly unit: string;
  readonly pledged: number;
  readonly atHub: number;
  readonly inTransit: number;
  /** Reported and confirmed deliveries together. */
  readonly delivered: number;
  /** With a signed proof of delivery. */
  readonly deliveredConfirmed: number;
  readonly rejected: number;
  readonly damaged: number;
  readonly lost: number;
  readonly returned: number;
  /** What counts and statements left open: missing pieces are positive, surplus pieces negative. */
  readonly unexplained: number;
}

export const QUANTITY_COLUMNS = [
  'pledged',
  'atHub',
  'inTransit',
  'delivered',
  'deliveredConfirmed',
  'rejected',
  'damaged',
  'lost',
  'returned',
  'unexplained',
] as const satisfies readonly (keyof CountryRow)[];

/** One row per destination and item, countries first, by code. */
export function countryRows(totals: readonly Total[], unitOf: (item: string) => string): CountryRow[] {
  const cells = new Map<
    string,
    { destination: string; item: string; quantity: Partial<Record<ReportedBucket, number>> }
  >();
  for (const { destination, item, bucket, quantity } of totals) {
    const key = `${isCountry(destination) ? 0 : 1} ${destination} ${item}`;
    const cell = cells.get(key) ?? { destination, item, quantity: {} };
    cells.set(key, cell);
    cell.quantity[bucket] = quantity;
  }
  return [...cells.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => row(cell, unitOf(cell.item)));
}

function row(
  {
    destination,
    item,
    quantity,
  }: { destination: string; item: string; quantity: Partial<Record<ReportedBucket, number>> },
  unit: string,
): CountryRow {
  const of = (bucket: ReportedBucket) => quantity[bucket] ?? 0;
  return {
    ...(isCountry(destination) ? { country: destination } : { country: null, destination }),
    ...{ item, unit, pledged: of('pledged'), atHub: of('atHub'), inTransit: of('inTransit') },
    delivered: of('deliveredReported') + of('deliveredConfirmed'),
    deliveredConfirmed: of('deliveredConfirmed'),
    ...{ rejected: of('rejected'), damaged: of('damaged'), lost: of('lost'), returned: of('returned') },
    unexplained: of('unexplained'),
  };
}
