// goods ledger: the totals as they stood, at a price that does not grow with the log.
import type { DatabaseSync } from 'node:sqlite';
import type { ReportedBucket } from './account.js';
import type { Destination } from './destination.js';

export const DAY_MS = 86_400_000;

/** Inclusive limits in milliseconds since 1970; without a limit everything counts. */
export interface AsOf {
  /** Happened up to. */
  readonly until?: number;
  /** Known up to. */
  readonly knownAt?: number;
}

export interface Total {
  readonly destination: Destination;
  readonly item: string;
  readonly bucket: ReportedBucket;
  readonly quantity: number;
}

/** The end of time, a whole day. */
const NEVER = 8_640_000_000_000_000;

/**
 * Whole days come from the daily totals; only the last, unfinished day of each limit is read movement by movement.
 */
const QUERY = `
  WITH parts AS (
    SELECT cell, sum(quantity) AS quantity FROM daily_totals
      WHERE happened_day < :untilDay AND reported_day < :knownDay GROUP BY cell
    UNION ALL
    SELECT to_cell, quantity FROM unfinished
    UNION ALL
    SELECT from_cell, -quantity FROM unfinished
  ), unfinished AS (
    SELECT from_cell, to_cell, quantity FROM movements
      WHERE happened >= :untilDay * ${DAY_MS} AND happened <= :until AND reported <= :knownAt
    UNION ALL
    SELECT from_cell, to_cell, quantity FROM movements
      WHERE reported >= :knownDay * ${DAY_MS} AND reported <= :knownAt AND happened < :untilDay * ${DAY_MS}
  )
  SELECT c.destination, c.item, c.bucket, sum(p.quantity) AS quantity
  FROM parts p JOIN cells c ON c.id = p.cell GROUP BY c.id HAVING sum(p.quantity) <> 0`;

/** Totals per destination, item and bucket that are not zero, in no particular order. */
export function totalsAsOf(db: DatabaseSync): (asOf: AsOf) => Total[] {
  const statement = db.prepare(QUERY);
  return (asOf) => {
    const { until, knownAt } = limitsFor(asOf);
    const limits = { until, knownAt, untilDay: firstOpenDay(until), knownDay: firstOpenDay(knownAt) };
    return statement.all(limits) as unknown as Total[];
  };
}

/** Limits that SQL can compare with: what is open ends at the end of time. */
export function limitsFor({ until = NEVER - 1, knownAt = NEVER - 1 }: AsOf): { until: number; knownAt: number } {
  return { until, knownAt };
}

/** The first day that the limit does not include as a whole. */
function firstOpenDay(limit: number): number {
  return Math.floor((limit + 1) / DAY_MS);
}
