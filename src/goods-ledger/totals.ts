// goods ledger: totals now, by the day it happened and the day it was reported, and the same by 8 days and by 64.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { asBytes, asNumbers } from './numbers.js';

/** Days in a square of the totals, from the finest to the coarsest; each a multiple of the one before. */
export const SCALES = [1, 8, 64] as const;

/** Quantities by the number of their cell. */
export type Quantities = Map<number, number>;

/** Quantities by the square of the calendar they belong to: happened, then reported. */
type Calendar = Map<number, Map<number, Quantities>>;

/**
 * Adds up what a page of entries changes, and writes each square once. The table has rowids: without them SQLite would
 * read whole squares to compare their dates.
 */
export class Totals {
  static readonly tables = `
    CREATE TABLE cells (id INTEGER PRIMARY KEY, destination TEXT NOT NULL, item TEXT NOT NULL, bucket TEXT NOT NULL,
      quantity INTEGER NOT NULL DEFAULT 0, key TEXT AS (destination || '/' || item || '/' || bucket),
      UNIQUE (destination, item, bucket)) STRICT;
    CREATE TABLE totals (days INTEGER NOT NULL, happened INTEGER NOT NULL, reported INTEGER NOT NULL,
      quantities BLOB NOT NULL, PRIMARY KEY (days, happened, reported)) STRICT;
    CREATE INDEX totals_by_reported ON totals (days, reported, happened);
  `;

  private waiting: Calendar = new Map();
  private readonly addNow: StatementSync;
  private readonly select: StatementSync;
  private readonly replace: StatementSync;

  constructor(db: DatabaseSync) {
    this.addNow = db.prepare('UPDATE cells SET quantity = quantity + ? WHERE id = ?');
    this.select = db.prepare('SELECT quantities FROM totals WHERE days = ? AND happened = ? AND reported = ?');
    this.select.setReturnArrays(true);
    this.replace = db.prepare(
      `INSERT INTO totals VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET quantities = excluded.quantities`,
    );
  }

  /** What waits to be added to a square of one day by one day, both counted since 1970. */
  square(happenedDay: number, reportedDay: number): Quantities {
    return square(this.waiting, happenedDay, reportedDay);
  }

  write(): void {
    for (const [cell, quantity] of sumOf(this.waiting)) this.addNow.run(quantity, cell);
    let calendar = this.waiting;
    let finer = 1;
    for (const days of SCALES) {
      calendar = coarser(calendar, days / finer);
      for (const [happened, squares] of calendar) {
        for (const [reported, added] of squares) this.writeOne(days, happened, reported, added);
      }
      finer = days;
    }
    this.forget();
  }

  forget(): void {
    this.waiting = new Map();
  }

  private writeOne(days: number, happened: number, reported: number, added: Quantities): void {
    const row = this.select.get(days, happened, reported) as unknown as [Uint8Array] | undefined;
    this.replace.run(days, happened, reported, plus(row?.[0], added));
  }
}

/** The cells of a square with their quantities. */
export function quantitiesIn(bytes: Uint8Array): [cell: number, quantity: number][] {
  const numbers = asNumbers(bytes);
  return Array.from({ length: numbers.length / 2 }, (_, nth) => [numbers[2 * nth]!, numbers[2 * nth + 1]!]);
}

/** What is stored with what is added, by cell. Throws when a total can no longer be counted exactly. */
export function plus(stored: Uint8Array | undefined, added: Quantities): Uint8Array {
  return asBytes(together(stored ? new Float64Array(asNumbers(stored)) : new Float64Array(0), added));
}

function together(stored: Float64Array, added: Quantities): Float64Array {
  const fresh: number[] = [];
  for (const [cell, quantity] of added) {
    const at = placeOf(cell, stored);
    if (stored[at] === cell) stored[at + 1] = exact(stored[at + 1]! + quantity);
    else fresh.push(cell);
  }
  if (fresh.length === 0) return stored;
  const all = new Float64Array(stored.length + 2 * fresh.length);
  fresh.sort((a, b) => a - b);
  let [from, to] = [0, 0];
  for (const cell of fresh) {
    while (from < stored.length && stored[from]! < cell) {
      all[to++] = stored[from++]!;
      all[to++] = stored[from++]!;
    }
    all[to++] = cell;
    all[to++] = exact(added.get(cell)!);
  }
  all.set(stored.subarray(from), to);
  return all;
}

/** Where a cell stands, or would stand, among cells and quantities in turn. */
function placeOf(cell: number, stored: Float64Array): number {
  let [low, high] = [0, stored.length / 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stored[2 * middle]! < cell) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

function exact(quantity: number): number {
  if (Number.isSafeInteger(quantity)) return quantity;
  throw new RangeError('A total has grown beyond what can be counted exactly.');
}

function sumOf(calendar: Calendar): Quantities {
  const sum: Quantities = new Map();
  for (const squares of calendar.values()) {
    for (const added of squares.values()) for (const [cell, quantity] of added) addTo(sum, cell, quantity);
  }
  return sum;
}

function coarser(calendar: Calendar, days: number): Calendar {
  if (days === 1) return calendar;
  const coarse: Calendar = new Map();
  for (const [happened, squares] of calendar) {
    for (const [reported, added] of squares) {
      const sum = square(coarse, Math.floor(happened / days), Math.floor(reported / days));
      for (const [cell, quantity] of added) addTo(sum, cell, quantity);
    }
  }
  return coarse;
}

function square(calendar: Calendar, happened: number, reported: number): Quantities {
  let squares = calendar.get(happened);
  if (!squares) calendar.set(happened, (squares = new Map<number, Quantities>()));
  let quantities = squares.get(reported);
  if (!quantities) squares.set(reported, (quantities = new Map<number, number>()));
  return quantities;
}

export function addTo(quantities: Quantities, cell: number, quantity: number): void {
  quantities.set(cell, (quantities.get(cell) ?? 0) + quantity);
}
