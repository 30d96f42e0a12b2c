// goods ledger: the postings of each day on sheets, for the days that a limit cuts in two.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DAY_MS, dayOf, isPrompt, sheetSlotOf, SLOTS_A_DAY } from './days.js';
import { LateReports } from './late-reports.js';
import { POSTING_BYTES, summedUp, withPostings, type Postings } from './postings.js';
import { plus } from './quantities.js';

/** So many postings wait for a sheet: whoever adds one writes all of them again. */
const LOOSE = 128 * POSTING_BYTES;
/** A sheet is full with so many postings: the next ones go on another one. */
const SHEET = 512 * POSTING_BYTES;
/** What was reported late is little for each day it happened on: a question reads it at once from where it waits. */
const LOOSE_WHEN_LATE = SHEET;

/**
 * Postings by the slot they happened in and the day they were reported on. Where some are on sheets, all of them are also
 * summed up, with the moments between which they lie: where no limit cuts them, that one row is read and no posting. The
 * tables have rowids: without them SQLite would read whole rows to compare their keys.
 */
export class Sheets {
  static readonly tables = `
    CREATE TABLE loose (slot INTEGER NOT NULL, day INTEGER NOT NULL, postings BLOB NOT NULL, PRIMARY KEY (slot, day)) STRICT;
    CREATE INDEX loose_by_day ON loose (day, slot);
    CREATE TABLE sheets (slot INTEGER NOT NULL, day INTEGER NOT NULL, sheet INTEGER NOT NULL, postings BLOB NOT NULL,
      PRIMARY KEY (slot, day, sheet)) STRICT;
    CREATE TABLE sheet_sums (slot INTEGER NOT NULL, day INTEGER NOT NULL, last_happened INTEGER NOT NULL,
      first_reported INTEGER NOT NULL, last_reported INTEGER NOT NULL, quantities BLOB NOT NULL,
      PRIMARY KEY (slot, day)) STRICT;
    ${LateReports.tables}
  `;
  static readonly clustered = ['loose', 'sheets', 'sheet_sums', ...LateReports.clustered];

  /** By slot, then by day. */
  private waiting = new Map<number, Map<number, Postings>>();
  private readonly late: LateReports;
  private readonly selectLoose: StatementSync;
  private readonly replaceLoose: StatementSync;
  private readonly selectLast: StatementSync;
  private readonly replaceSheet: StatementSync;
  private readonly selectSums: StatementSync;
  private readonly replaceSums: StatementSync;

  constructor(db: DatabaseSync) {
    this.late = new LateReports(db);
    this.selectLoose = db.prepare('SELECT postings FROM loose WHERE slot = ? AND day = ?');
    this.replaceLoose = db.prepare(
      'INSERT INTO loose VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET postings = excluded.postings',
    );
    this.selectLast = db.prepare(
      'SELECT sheet, postings FROM sheets WHERE slot = ? AND day = ? ORDER BY sheet DESC LIMIT 1',
    );
    this.replaceSheet = db.prepare(
      'INSERT INTO sheets VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET postings = excluded.postings',
    );
    this.selectSums = db.prepare('SELECT quantities FROM sheet_sums WHERE slot = ? AND day = ?');
    this.replaceSums = db.prepare(
      `INSERT INTO sheet_sums VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET quantities = excluded.quantities,
        last_happened = max(last_happened, excluded.last_happened),
        first_reported = min(first_reported, excluded.first_reported),
        last_reported = max(last_reported, excluded.last_reported)`,
    );
    for (const statement of [this.selectLoose, this.selectLast, this.selectSums]) statement.setReturnArrays(true);
  }

  /** Times are milliseconds since 1970. */
  add(happened: number, reported: number, from: number, to: number, quantity: number): void {
    const [happenedDay, reportedDay] = [dayOf(happened), dayOf(reported)];
    const slot = sheetSlotOf(happened, happenedDay, reportedDay);
    let days = this.waiting.get(slot);
    if (!days) this.waiting.set(slot, (days = new Map<number, Postings>()));
    let postings = days.get(reportedDay);
    if (!postings) days.set(reportedDay, (postings = []));
    postings.push(happened - happenedDay * DAY_MS, reported - reportedDay * DAY_MS, from, to, quantity);
    if (!isPrompt(happenedDay, reportedDay)) this.late.add(happenedDay, reported, from, to, quantity);
  }

  write(): void {
    for (const [slot, days] of this.waiting) {
      for (const [day, postings] of days) this.writeOne(slot, day, postings);
    }
    this.late.write();
    this.forget();
  }

  forget(): void {
    this.late.forget();
    this.waiting = new Map();
  }

  private writeOne(slot: number, day: number, postings: Postings): void {
    const row = this.selectLoose.get(slot, day) as unknown as [Uint8Array] | undefined;
    const all = withPostings(row?.[0], postings);
    const prompt = isPrompt(Math.floor(slot / SLOTS_A_DAY), day);
    const loose = all.byteLength % (prompt ? LOOSE : LOOSE_WHEN_LATE);
    const full = all.subarray(0, all.byteLength - loose);
    this.sumUp(slot, day, all, row?.[0].byteLength ?? 0, full.byteLength > 0);
    if (full.byteLength > 0) this.putOnSheets(slot, day, full);
    this.replaceLoose.run(slot, day, all.subarray(full.byteLength));
  }

  private putOnSheets(slot: number, day: number, postings: Uint8Array): void {
    const last = this.selectLast.get(slot, day) as unknown as [number, Uint8Array] | undefined;
    const [sheet, before] = last ?? [0, NOTHING];
    const all = Buffer.concat([before, postings]);
    const full = Math.floor(before.byteLength / SHEET) * SHEET;
    for (let from = full; from < all.byteLength; from += SHEET) {
      this.replaceSheet.run(slot, day, sheet + from / SHEET, all.subarray(from, from + SHEET));
    }
  }

  /** Adds what is new to the sums of a slot and day, or all that were loose until now to the first ones. */
  private sumUp(slot: number, day: number, all: Uint8Array, stored: number, onSheets: boolean): void {
    const row = this.selectSums.get(slot, day) as unknown as [Uint8Array] | undefined;
    if (!row && !onSheets) return;
    const { added, lastHappened, firstReported, lastReported } = summedUp(row ? all.subarray(stored) : all);
    const [happenedDay, reportedDay] = [Math.floor(slot / SLOTS_A_DAY) * DAY_MS, day * DAY_MS];
    this.replaceSums.run(
      slot,
      day,
      happenedDay + lastHappened,
      reportedDay + firstReported,
      reportedDay + lastReported,
      plus(row?.[0], added),
    );
  }
}

const NOTHING = new Uint8Array(0);
