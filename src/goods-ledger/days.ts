// goods ledger: the postings of each day, side by side, for the days that a limit cuts in two.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { asBytes, asNumbers } from './numbers.js';

/** A day has the postings that happened on it, and those that were reported on it. */
export const SIDES = ['happened', 'reported'] as const;
export type Side = (typeof SIDES)[number];

/** A posting as numbers: happened, reported (milliseconds since 1970), cell it leaves, cell it enters, quantity. */
export const NUMBERS_A_POSTING = 5;
type Posting = readonly [happened: number, reported: number, from: number, to: number, quantity: number];

/** A sheet is full with so many postings: the day goes on with another one. */
const SHEET = 256 * NUMBERS_A_POSTING;

export class Days {
  static readonly tables = `
    CREATE TABLE sheets (side TEXT NOT NULL, day INTEGER NOT NULL, sheet INTEGER NOT NULL, postings BLOB NOT NULL,
      PRIMARY KEY (side, day, sheet)) STRICT, WITHOUT ROWID;
  `;

  private readonly waiting = { happened: new Map<number, number[]>(), reported: new Map<number, number[]>() };
  private readonly selectLast: StatementSync;
  private readonly replace: StatementSync;

  constructor(db: DatabaseSync) {
    this.selectLast = db.prepare(
      'SELECT sheet, postings FROM sheets WHERE side = ? AND day = ? ORDER BY sheet DESC LIMIT 1',
    );
    this.selectLast.setReturnArrays(true);
    this.replace = db.prepare(
      'INSERT INTO sheets VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET postings = excluded.postings',
    );
  }

  /** Days are counted since 1970. */
  add(happenedDay: number, reportedDay: number, posting: Posting): void {
    push(this.waiting.happened, happenedDay, posting);
    push(this.waiting.reported, reportedDay, posting);
  }

  write(): void {
    for (const side of SIDES) {
      for (const [day, postings] of this.waiting[side]) this.writeDay(side, day, postings);
      this.waiting[side].clear();
    }
  }

  forget(): void {
    for (const side of SIDES) this.waiting[side].clear();
  }

  private writeDay(side: Side, day: number, postings: readonly number[]): void {
    const row = this.selectLast.get(side, day) as unknown as [number, Uint8Array] | undefined;
    let sheet = row?.[0] ?? 0;
    let before = row ? asNumbers(row[1]) : new Float64Array(0);
    for (let from = 0; from < postings.length; sheet++) {
      const fitting = postings.slice(from, from + SHEET - before.length);
      const full = new Float64Array(before.length + fitting.length);
      full.set(before);
      full.set(fitting, before.length);
      if (fitting.length > 0) this.replace.run(side, day, sheet, asBytes(full));
      from += fitting.length;
      before = new Float64Array(0);
    }
  }
}

function push(days: Map<number, number[]>, day: number, posting: Posting): void {
  const postings = days.get(day);
  if (postings) postings.push(...posting);
  else days.set(day, [...posting]);
}
