// goods ledger: the totals as they stood, at a price that does not grow with the log.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ReportedBucket } from './account.js';
import { NUMBERS_A_POSTING, type Side } from './days.js';
import type { Destination } from './destination.js';
import { asNumbers } from './numbers.js';
import { SCALES } from './totals.js';

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

/** Totals per destination, item and bucket that are not zero, in no particular order. */
export function totalsAsOf(db: DatabaseSync): (asOf: AsOf) => Total[] {
  const now = db.prepare('SELECT destination, item, bucket, quantity FROM cells WHERE quantity <> 0');
  const cells = db.prepare('SELECT id, destination, item, bucket FROM cells ORDER BY id');
  const then = new Then(db);
  return (asOf) => {
    if (asOf.until === undefined && asOf.knownAt === undefined) return now.all() as unknown as Total[];
    const all = cells.all() as unknown as (Omit<Total, 'quantity'> & { id: number })[];
    const sums = then.sums(limitsFor(asOf), all.at(-1)?.id ?? 0);
    return all.flatMap(({ id, destination, item, bucket }) => {
      const quantity = sums[id]!;
      return quantity === 0 ? [] : { destination, item, bucket, quantity };
    });
  };
}

/** The end of both dates, in days since 1970, not included. */
interface Corner {
  readonly happened: number;
  readonly reported: number;
}

/** Before every day that can be written. */
const START: Corner = { happened: -NEVER, reported: -NEVER };

/**
 * Two limits leave a rectangle of the calendar, happened by reported. Most of it is whole squares of many days; along its
 * two open edges come squares of fewer days, then of one, and posting by posting the two days that the limits cut.
 */
class Then {
  private readonly byHappened: StatementSync;
  private readonly byReported: StatementSync;
  private readonly sheets: StatementSync;

  constructor(db: DatabaseSync) {
    this.byHappened = db.prepare(
      'SELECT quantities FROM totals WHERE days = ? AND happened >= ? AND happened < ? AND reported < ?',
    );
    this.byReported = db.prepare(
      `SELECT quantities FROM totals INDEXED BY totals_by_reported
         WHERE days = ? AND reported >= ? AND reported < ? AND happened < ?`,
    );
    this.sheets = db.prepare('SELECT postings FROM sheets WHERE side = ? AND day = ?');
    for (const statement of [this.byHappened, this.byReported, this.sheets]) statement.setReturnArrays(true);
  }

  /** By the number of the cell, up to `last`; 0 stands for what no report shows. */
  sums(limits: Required<AsOf>, last: number): Float64Array {
    const sums = new Float64Array(last + 1);
    const end = { happened: firstOpenDay(limits.until), reported: firstOpenDay(limits.knownAt) };
    let counted = START;
    for (const days of SCALES.toReversed()) counted = this.addSquares(days, counted, end, sums);
    this.addSheets('happened', end.happened, limits, sums);
    this.addSheets('reported', end.reported, { ...limits, until: end.happened * DAY_MS - 1 }, sums);
    return sums;
  }

  /** Adds the whole squares between what is counted already and the end; answers what is counted then. */
  private addSquares(days: number, from: Corner, end: Corner, sums: Float64Array): Corner {
    const at = (day: number) => Math.floor(day / days);
    const [happened, reported] = [at(end.happened), at(end.reported)];
    const rows = [
      ...this.byHappened.all(days, at(from.happened), happened, reported),
      ...this.byReported.all(days, at(from.reported), reported, at(from.happened)),
    ] as unknown as [Uint8Array][];
    for (const [bytes] of rows) {
      const quantities = asNumbers(bytes);
      for (let i = 0; i < quantities.length; i += 2) sums[quantities[i]!]! += quantities[i + 1]!;
    }
    return { happened: happened * days, reported: reported * days };
  }

  /** Adds the postings of one day that lie within the limits. */
  private addSheets(side: Side, day: number, { until, knownAt }: Required<AsOf>, sums: Float64Array): void {
    for (const [bytes] of this.sheets.iterate(side, day) as Iterable<unknown> as Iterable<[Uint8Array]>) {
      const postings = asNumbers(bytes);
      for (let i = 0; i < postings.length; i += NUMBERS_A_POSTING) {
        if (postings[i]! > until || postings[i + 1]! > knownAt) continue;
        sums[postings[i + 2]!]! -= postings[i + 4]!;
        sums[postings[i + 3]!]! += postings[i + 4]!;
      }
    }
  }
}

/** Limits that SQL can compare with: what is open ends at the end of time. */
export function limitsFor({ until = NEVER - 1, knownAt = NEVER - 1 }: AsOf): { until: number; knownAt: number } {
  return { until, knownAt };
}

/** The first day that the limit does not include as a whole. */
function firstOpenDay(limit: number): number {
  return Math.floor((limit + 1) / DAY_MS);
}
