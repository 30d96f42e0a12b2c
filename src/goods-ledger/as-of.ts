// goods ledger: the totals as they stood, at a price that does not grow with the log.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ReportedBucket } from './account.js';
import { DAY_MS, dayOf, slotOf, SLOTS_A_DAY } from './days.js';
import type { Destination } from './destination.js';
import { withinLate } from './late-reports.js';
import { addPostings, type Within } from './postings.js';
import { addQuantities } from './quantities.js';
import { BLOCKS, type Block } from './totals.js';

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

/** A day of each date, since 1970. */
interface Corner {
  readonly happened: number;
  readonly reported: number;
}

/** Before every day that can be written. */
const START: Corner = { happened: -NEVER, reported: -NEVER };

/**
 * Two limits leave a rectangle of the calendar, happened by reported. Most of it is whole blocks of many days; along its
 * two open edges come smaller ones, then such as are a day narrow, and single days in the corner. Of the two days that the
 * limits cut, the sums of whole sheets are added, and posting by posting only the sheets that a limit cuts.
 */
class Then {
  private readonly byHappened: StatementSync;
  private readonly byReported: StatementSync;
  private readonly cutDays: StatementSync;
  private readonly sheets: StatementSync;
  private readonly late: StatementSync;

  constructor(db: DatabaseSync) {
    // A plus sign keeps SQLite from taking the index of the other date.
    this.byHappened = db.prepare(
      `SELECT quantities FROM totals WHERE wide = ? AND high = ? AND happened >= ? AND happened < ?
         AND +reported >= ? AND +reported < ?`,
    );
    this.byReported = db.prepare(
      `SELECT quantities FROM totals INDEXED BY totals_by_reported WHERE wide = ? AND high = ? AND reported >= ?
         AND reported < ? AND happened < ?`,
    );
    this.cutDays = db.prepare(CUT_DAYS);
    this.sheets = db.prepare('SELECT postings FROM sheets WHERE slot = ? AND day = ?');
    this.late = db.prepare('SELECT postings FROM late_reports WHERE slot BETWEEN ? AND ?');
    const statements = [this.byHappened, this.byReported, this.cutDays, this.sheets, this.late];
    for (const statement of statements) statement.setReturnArrays(true);
  }

  /** By the number of the cell, up to `last`; 0 stands for what no report shows. */
  sums(limits: Required<AsOf>, last: number): Float64Array {
    const sums = new Float64Array(last + 1);
    const end = { happened: firstOpenDay(limits.until), reported: firstOpenDay(limits.knownAt) };
    const { single, wide, high, square, large } = BLOCKS;
    const [inLarge, inSquares] = [wholeIn(large, end), wholeIn(square, end)];
    this.addColumns(large, START, inLarge, sums);
    this.addColumns(square, { ...START, happened: inLarge.happened }, inSquares, sums);
    this.addRows(square, inLarge, inSquares, sums);
    this.addColumns(high, { ...START, happened: inSquares.happened }, { ...end, reported: inSquares.reported }, sums);
    this.addRows(wide, inSquares, end, sums);
    this.addColumns(single, inSquares, end, sums);
    this.addCutDays(limits, end, sums);
    return sums;
  }

  /** Adds the blocks between two corners. */
  private addColumns({ wide, high }: Block, from: Corner, end: Corner, sums: Float64Array): void {
    const happened = [from.happened / wide, end.happened / wide] as const;
    const reported = [from.reported / high, end.reported / high] as const;
    addAll(this.byHappened.all(wide, high, ...happened, ...reported), sums);
  }

  /** Adds the blocks above a corner, up to the end of what was reported. */
  private addRows({ wide, high }: Block, from: Corner, end: Corner, sums: Float64Array): void {
    addAll(this.byReported.all(wide, high, from.reported / high, end.reported / high, from.happened / wide), sums);
  }

  /** Adds what lies within the limits on the two days that they cut. */
  private addCutDays(limits: Required<AsOf>, end: Corner, sums: Float64Array): void {
    const first = end.happened * SLOTS_A_DAY;
    const [from, behind] = [(end.reported - 1) * SLOTS_A_DAY, (end.reported + 1) * SLOTS_A_DAY];
    const days = { first, last: slotOf(limits.until), day: end.reported, from, to: Math.min(first, behind) - 1 };
    const add = (slot: number, day: number, postings: Uint8Array) => {
      addPostings(postings, within(limits, slot, day), sums);
    };
    for (const [slot, day, whole, loose, onSheets] of this.cutDays.all({ ...days, ...limits }) as unknown as CutDay[]) {
      if (whole) addQuantities(whole, sums);
      if (loose) add(slot, day, loose);
      if (onSheets)
        for (const [postings] of this.sheets.all(slot, day) as unknown as [Uint8Array][]) add(slot, day, postings);
    }
    const late = this.late.all(end.reported * SLOTS_A_DAY, slotOf(limits.knownAt)) as unknown as [Uint8Array][];
    for (const [postings] of late) addPostings(postings, withinLate(end, limits.knownAt), sums);
  }
}

/** Either the sums of a slot and day, or what is loose there; in that case also whether there are sheets. */
type CutDay = [slot: number, day: number, whole: Uint8Array | null, loose: Uint8Array | null, onSheets: 0 | 1];

/** Sums that no limit cuts. */
const WHOLE = 'last_happened <= :until AND last_reported <= :knownAt';

/** What a question needs of one slot and day: postings only where a limit cuts them, or where they are too few for sums. */
const CUT_DAY = `SELECT loose.slot, loose.day, iif(${WHOLE}, quantities, NULL), iif(${WHOLE}, NULL, postings),
    first_reported IS NOT NULL AND NOT (${WHOLE})
  FROM loose LEFT JOIN sheet_sums ON sheet_sums.slot = loose.slot AND sheet_sums.day = loose.day
  WHERE (first_reported IS NULL OR first_reported <= :knownAt)`;

/** The day that the first limit cuts, then what is prompt of the day that the second cuts; each by its index. */
const CUT_DAYS = `${CUT_DAY} AND loose.slot BETWEEN :first AND :last AND loose.day <= :day
  UNION ALL ${CUT_DAY} AND loose.day = :day AND loose.slot BETWEEN :from AND :to`;

function addAll(rows: readonly unknown[], sums: Float64Array): void {
  for (const [bytes] of rows as readonly [Uint8Array][]) addQuantities(bytes, sums);
}

/** The end of the whole blocks in front of a corner, in days. */
function wholeIn({ wide, high }: Block, { happened, reported }: Corner): Corner {
  return { happened: Math.floor(happened / wide) * wide, reported: Math.floor(reported / high) * high };
}

/** The limits as seen from the days of a sheet. */
function within({ until, knownAt }: Required<AsOf>, slot: number, day: number): Within {
  return { happened: until - Math.floor(slot / SLOTS_A_DAY) * DAY_MS, reported: knownAt - day * DAY_MS };
}

/** Limits that SQL can compare with: what is open ends at the end of time. */
export function limitsFor({ until = NEVER - 1, knownAt = NEVER - 1 }: AsOf): { until: number; knownAt: number } {
  return { until, knownAt };
}

/** The first day that the limit does not include as a whole. */
function firstOpenDay(limit: number): number {
  return dayOf(limit + 1);
}
