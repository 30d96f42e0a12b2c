// goods ledger: the postings of each day, side by side, for the days that a limit cuts in two.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { asBytes, asNumbers } from './numbers.js';

/** A day has the postings that happened on it, and those that were reported on it. */
export const SIDES = ['happened', 'reported'] as const;
export type Side = (typeof SIDES)[number];

/** A posting as numbers: happened, reported (milliseconds since 1970), cell it leaves, cell it enters, quantity. */
export const NUMBERS_A_POSTING = 5;

/** Postings one after the other. */
type Postings = number[];

/** A sheet is full with so many postings: the day goes on with another one. */
const SHEET = 256 * NUMBERS_A_POSTING;

export class Days {
  static readonly tables = `
    CREATE TABLE sheets (side TEXT NOT NULL, day INTEGER NOT NULL, sheet INTEGER NOT NULL, postings BLOB NOT NULL,
      PRIMARY KEY (side, day, sheet)) STRICT;
  `;

  private readonly waiting = { happened: new Map<number, Postings>(), reported: new Map<number, Postings>() };
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

  /** The sheets that postings of these days have to be put on; days are counted since 1970. */
  sheets(happenedDay: number, reportedDay: number): readonly Postings[] {
    return [of(this.waiting.happened, happenedDay), of(this.waiting.reported, reportedDay)];
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

function of(days: Map<number, Postings>, day: number): Postings {
  let postings = days.get(day);
  if (!postings) days.set(day, (postings = []));
  return postings;
}
