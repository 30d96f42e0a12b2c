// goods ledger: postings that were reported late, once more by when that was, for the day of reports that a limit cuts.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DAY_MS, dayOf, slotOf } from './days.js';
import { POSTING_BYTES, withPostings, type Postings, type Within } from './postings.js';

/** A sheet is full with so many postings: whoever adds one writes the last sheet again. */
const SHEET = 128 * POSTING_BYTES;

/** The days that can be written lie so far around 1970, by ECMA-262: counted from the first, none is less than 0. */
const FIRST_DAY = -100_000_000;

/**
 * By the slot they were reported in. A cut day of reports holds few that are late of each day they happened on: from the
 * sheets of those days they would be read a handful at a time. Only whole days of happening are told apart here.
 */
export class LateReports {
  static readonly tables = `
    CREATE TABLE late_reports (slot INTEGER NOT NULL, sheet INTEGER NOT NULL, postings BLOB NOT NULL,
      PRIMARY KEY (slot, sheet)) STRICT;
  `;
  static readonly clustered = ['late_reports'];

  /** By slot. */
  private waiting = new Map<number, Postings>();
  private readonly selectLast: StatementSync;
  private readonly replace: StatementSync;

  constructor(db: DatabaseSync) {
    this.selectLast = db.prepare('SELECT sheet, postings FROM late_reports WHERE slot = ? ORDER BY sheet DESC LIMIT 1');
    this.selectLast.setReturnArrays(true);
    this.replace = db.prepare(
      'INSERT INTO late_reports VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET postings = excluded.postings',
    );
  }

  /** The moment is in milliseconds since 1970. */
  add(happenedDay: number, reported: number, from: number, to: number, quantity: number): void {
    const slot = slotOf(reported);
    let postings = this.waiting.get(slot);
    if (!postings) this.waiting.set(slot, (postings = []));
    postings.push(happenedDay - FIRST_DAY, reported - dayOf(reported) * DAY_MS, from, to, quantity);
  }

  write(): void {
    for (const [slot, postings] of this.waiting) {
      const last = this.selectLast.get(slot) as unknown as [number, Uint8Array] | undefined;
      const all = withPostings(last?.[1], postings);
      let sheet = last?.[0] ?? 0;
      for (let from = 0; from < all.byteLength; from += SHEET) {
        this.replace.run(slot, sheet++, all.subarray(from, from + SHEET));
      }
    }
    this.forget();
  }

  forget(): void {
    this.waiting = new Map();
  }
}

/** Limits for what is kept here: what happened before a day, as known up to a moment of the day it was reported on. */
export function withinLate(day: { readonly happened: number; readonly reported: number }, knownAt: number): Within {
  return { happened: day.happened - 1 - FIRST_DAY, reported: knownAt - day.reported * DAY_MS };
}
