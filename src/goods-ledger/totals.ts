// goods ledger: totals now, and by blocks of the calendar: days on which it happened by days on which it was reported.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { addTo, plus, type Quantities } from './quantities.js';

/** How many days a block of the calendar is wide, by when it happened, and how many high, by when it was reported. */
export interface Block {
  readonly wide: number;
  readonly high: number;
}

/** Wide and high ones lie along the edges of a question, single days only in its corner. */
export const BLOCKS = {
  ...{ single: { wide: 1, high: 1 }, wide: { wide: 8, high: 1 }, high: { wide: 1, high: 8 } },
  ...{ square: { wide: 8, high: 8 }, large: { wide: 64, high: 64 } },
} as const satisfies Record<string, Block>;

/** Quantities by the block of the calendar they belong to: happened, then reported. */
type Calendar = Map<number, Map<number, Quantities>>;

/**
 * Adds up what a page of entries changes, and writes each block once. The table has rowids: without them SQLite would
 * read whole blocks to compare their dates.
 */
export class Totals {
  static readonly tables = `
    CREATE TABLE cells (id INTEGER PRIMARY KEY, destination TEXT NOT NULL, item TEXT NOT NULL, bucket TEXT NOT NULL,
      quantity INTEGER NOT NULL DEFAULT 0, key TEXT AS (destination || '/' || item || '/' || bucket),
      UNIQUE (destination, item, bucket)) STRICT;
    CREATE TABLE totals (wide INTEGER NOT NULL, high INTEGER NOT NULL, happened INTEGER NOT NULL,
      reported INTEGER NOT NULL, quantities BLOB NOT NULL, PRIMARY KEY (wide, high, happened, reported)) STRICT;
    CREATE INDEX totals_by_reported ON totals (wide, high, reported, happened);
  `;
  static readonly clustered = ['totals'];

  private waiting: Calendar = new Map();
  private readonly addNow: StatementSync;
  private readonly select: StatementSync;
  private readonly replace: StatementSync;

  constructor(db: DatabaseSync) {
    this.addNow = db.prepare('UPDATE cells SET quantity = quantity + ? WHERE id = ?');
    this.select = db.prepare(
      'SELECT quantities FROM totals WHERE wide = ? AND high = ? AND happened = ? AND reported = ?',
    );
    this.select.setReturnArrays(true);
    this.replace = db.prepare(
      'INSERT INTO totals VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET quantities = excluded.quantities',
    );
  }

  /** What waits to be added to a block of one day by one day, both counted since 1970. */
  ofDays(happenedDay: number, reportedDay: number): Quantities {
    return blockOf(this.waiting, happenedDay, reportedDay);
  }

  write(): void {
    for (const [cell, quantity] of sumOf(this.waiting)) this.addNow.run(quantity, cell);
    const { single, wide, high, square, large } = BLOCKS;
    const inHigh = coarser(this.waiting, single, high);
    const inSquares = coarser(inHigh, high, square);
    this.writeAll(single, this.waiting);
    this.writeAll(wide, coarser(this.waiting, single, wide));
    this.writeAll(high, inHigh);
    this.writeAll(square, inSquares);
    this.writeAll(large, coarser(inSquares, square, large));
    this.forget();
  }

  forget(): void {
    this.waiting = new Map();
  }

  private writeAll({ wide, high }: Block, calendar: Calendar): void {
    for (const [happened, blocks] of calendar) {
      for (const [reported, added] of blocks) {
        const row = this.select.get(wide, high, happened, reported) as unknown as [Uint8Array] | undefined;
        this.replace.run(wide, high, happened, reported, plus(row?.[0], added));
      }
    }
  }
}

function sumOf(calendar: Calendar): Quantities {
  const sum: Quantities = new Map();
  for (const blocks of calendar.values()) {
    for (const added of blocks.values()) for (const [cell, quantity] of added) addTo(sum, cell, quantity);
  }
  return sum;
}

/** The same quantities in larger blocks, which the finer ones fill. */
function coarser(calendar: Calendar, from: Block, to: Block): Calendar {
  const coarse: Calendar = new Map();
  for (const [happened, blocks] of calendar) {
    const column = Math.floor((happened * from.wide) / to.wide);
    for (const [reported, added] of blocks) {
      const sum = blockOf(coarse, column, Math.floor((reported * from.high) / to.high));
      for (const [cell, quantity] of added) addTo(sum, cell, quantity);
    }
  }
  return coarse;
}

function blockOf(calendar: Calendar, happened: number, reported: number): Quantities {
  let blocks = calendar.get(happened);
  if (!blocks) calendar.set(happened, (blocks = new Map<number, Quantities>()));
  let quantities = blocks.get(reported);
  if (!quantities) blocks.set(reported, (quantities = new Map<number, number>()));
  return quantities;
}
