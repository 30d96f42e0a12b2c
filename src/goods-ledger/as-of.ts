// goods ledger: the totals as they stood, at a price that does not grow with the log.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ReportedBucket } from './account.js';
import { DAY_MS, dayOf, slotOf, SLOTS_A_DAY } from './days.js';
import type { Destination } from './destination.js';
import { asNumbers } from './numbers.js';
import { addPostings, type Within } from './postings.js';
import { SCALES } from './totals.js';

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
 * two open edges come squares of fewer days, then of one. Of the two days that the limits cut, the sums of whole sheets are
 * added, and posting by posting only the sheets that a limit cuts.
 */
class Then {
  private readonly byHappened: StatementSync;
  private readonly byReported: StatementSync;
  private readonly loose: StatementSync;
  private readonly wholeSums: StatementSync;
  private readonly cutSheets: StatementSync;

  constructor(db: DatabaseSync) {
    this.byHappened = db.prepare(
      'SELECT quantities FROM totals WHERE days = ? AND happened >= ? AND happened < ? AND reported < ?',
    );
    this.byReported = db.prepare(
      `SELECT quantities FROM totals INDEXED BY totals_by_reported
         WHERE days = ? AND reported >= ? AND reported < ? AND happened < ?`,
    );
    this.loose = db.prepare(ofCutDays('SELECT slot, day, postings FROM loose', 'TRUE'));
    this.wholeSums = db.prepare(ofCutDays('SELECT quantities FROM sheet_sums', WHOLE));
    this.cutSheets = db.prepare(
      ofCutDays('SELECT slot, day, postings FROM sheet_sums CROSS JOIN sheets USING (slot, day)', CUT),
    );
    for (const statement of [this.byHappened, this.byReported, this.loose, this.wholeSums, this.cutSheets]) {
      statement.setReturnArrays(true);
    }
  }

  /** By the number of the cell, up to `last`; 0 stands for what no report shows. */
  sums(limits: Required<AsOf>, last: number): Float64Array {
    const sums = new Float64Array(last + 1);
    const end = { happened: firstOpenDay(limits.until), reported: firstOpenDay(limits.knownAt) };
    let counted = START;
    for (const days of SCALES.toReversed()) counted = this.addSquares(days, counted, end, sums);
    this.addCutDays(limits, end, sums);
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
    for (const [bytes] of rows) addQuantities(bytes, sums);
    return { happened: happened * days, reported: reported * days };
  }

  /** Adds what lies within the limits on the two days that they cut. */
  private addCutDays(limits: Required<AsOf>, { happened, reported }: Corner, sums: Float64Array): void {
    const days = { first: happened * SLOTS_A_DAY, last: slotOf(limits.until), day: reported };
    const whole = this.wholeSums.all({ ...days, ...limits }) as unknown as [Uint8Array][];
    for (const [quantities] of whole) addQuantities(quantities, sums);
    const cut = [...this.loose.all(days), ...this.cutSheets.all({ ...days, ...limits })] as unknown as Kept[];
    for (const [slot, day, postings] of cut) addPostings(postings, within(limits, slot, day), sums);
  }
}

type Kept = [slot: number, day: number, postings: Uint8Array];

/** Sums that no limit cuts, and those that a limit cuts. */
const WHOLE = 'last_happened <= :until AND last_reported <= :knownAt';
const CUT = `first_reported <= :knownAt AND NOT (${WHOLE})`;

/** Rows of the day that the first limit cuts, then of the one that the second cuts; each is found by its index. */
function ofCutDays(select: string, which: string): string {
  return `${select} WHERE slot BETWEEN :first AND :last AND day <= :day AND ${which}
    UNION ALL ${select} WHERE day = :day AND slot < :first AND ${which}`;
}

function addQuantities(bytes: Uint8Array, sums: Float64Array): void {
  const quantities = asNumbers(bytes);
  for (let i = 0; i < quantities.length; i += 2) sums[quantities[i]!]! += quantities[i + 1]!;
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
