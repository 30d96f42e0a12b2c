// property tests: the ledger as rows, and other ledgers to hold against it.
import type { DatabaseSync } from 'node:sqlite';
import { GoodsLedgerView } from '../../src/goods-ledger/goods-ledger.view.js';
import { withHistories, type Delivered } from '../../src/kernel/delivered.js';
import { ViewsDatabase } from '../../src/store/views-database.js';
import { LOG } from '../support/relief.js';
import type { Office } from '../support/office.js';

export interface Balance {
  readonly bucket: string;
  readonly holder: string;
  readonly destination: string;
  readonly item: string;
  readonly donation: string;
  readonly quantity: number;
}

const TABLES = [
  ...['accounts', 'lines', 'cells', 'movements', 'balances', 'loose', 'sheets', 'sheet_sums', 'late_reports'],
];

/** Every row of every table of the ledger. */
export function allRows(db: DatabaseSync): Record<string, unknown[]> {
  const rows = (table: string, key: string) => db.prepare(`SELECT * FROM ${table} ORDER BY ${key}`).all();
  const tables = TABLES.map((table) => [table, rows(table, '1, 2, 3')]);
  return { ...Object.fromEntries(tables), totals: rows('totals', 'wide, high, happened, reported') };
}

export function balances(db: DatabaseSync): Balance[] {
  const query = `SELECT bucket, holder, destination, item, donation, quantity FROM balances
    JOIN accounts ON accounts.id = account JOIN lines ON lines.id = line WHERE quantity <> 0`;
  return db.prepare(query).all() as unknown as Balance[];
}

/** The whole log, each entry as a view wants it. */
export async function deliveries({ log }: Office): Promise<Delivered[]> {
  return withHistories(log, await log.readAll(0, 10_000));
}

export function openLedger(file = ':memory:'): ViewsDatabase {
  return ViewsDatabase.open(file, LOG, [GoodsLedgerView]);
}

/** Another ledger with the same entries in it, in pages of `size`. */
export function rebuilt(entries: readonly Delivered[], size: number): ViewsDatabase {
  const views = openLedger();
  for (let start = 0; start < entries.length; start += size) views.apply(entries.slice(start, start + size));
  return views;
}

/** The same entries in another order: `picks` says which stream speaks next; each keeps its own order. */
export function reordered(entries: readonly Delivered[], picks: readonly number[]): Delivered[] {
  const streams = [...new Set(entries.map(({ entry }) => entry.stream))];
  const waiting = streams.map((stream) => entries.filter(({ entry }) => entry.stream === stream));
  const order: Delivered[] = [];
  for (let turn = 0; order.length < entries.length; turn++) {
    const open = waiting.filter((stream) => stream.length > 0);
    order.push(open[picks[turn % picks.length]! % open.length]!.shift()!);
  }
  return order;
}
