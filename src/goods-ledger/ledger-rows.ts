// goods ledger: its rows under their full names, for comparing one ledger with another.
import type { DatabaseSync } from 'node:sqlite';
import { mayBeNegative, type Bucket } from './account.js';
import { quantitiesIn } from './quantities.js';
import type { Block } from './totals.js';

/** A number under a name that means the same in every ledger. */
export interface LedgerRow {
  readonly key: string;
  readonly quantity: number;
}

type BlockRow = Block & Record<'happened' | 'reported', number> & { readonly quantities: Uint8Array };

const BALANCES = `SELECT a.key || ' ' || l.key AS key, b.quantity, a.bucket FROM balances b
  JOIN accounts a ON a.id = b.account JOIN lines l ON l.id = b.line WHERE b.quantity <> 0 ORDER BY 1`;
const CELLS = 'SELECT id, key, quantity FROM cells ORDER BY key';
const BLOCKS = 'SELECT * FROM totals ORDER BY wide, high, happened, reported';
const SUMS = `SELECT l.key, sum(b.quantity) AS quantity FROM balances b JOIN lines l ON l.id = b.line GROUP BY l.id`;

export function balanceRows(db: DatabaseSync): LedgerRow[] {
  return db.prepare(BALANCES).all() as unknown as LedgerRow[];
}

/** What every cell holds now, and what every block of the calendar adds to it. */
export function totalRows(db: DatabaseSync): LedgerRow[] {
  const cells = db.prepare(CELLS).all() as unknown as (LedgerRow & { readonly id: number })[];
  const keys = new Map(cells.map(({ id, key }) => [id, key]));
  const blocks = db.prepare(BLOCKS).all() as unknown as BlockRow[];
  const rows = blocks.flatMap(({ wide, high, happened, reported, quantities }) => {
    const where = `happened ${happened} reported ${reported} in ${wide} by ${high} days`;
    return quantitiesIn(quantities).map(([cell, quantity]): LedgerRow => {
      return { key: `${keys.get(cell)} ${where}`, quantity };
    });
  });
  const now = cells.map(({ key, quantity }): LedgerRow => ({ key: `${key} now`, quantity }));
  return [...now, ...rows].filter(({ quantity }) => quantity !== 0).sort(byKey);
}

/** Per item, donation and lot: the sum over all accounts. */
export function ledgerSums(db: DatabaseSync): LedgerRow[] {
  return db.prepare(SUMS).all() as unknown as LedgerRow[];
}

/** Accounts that hold less than nothing, donors left out, in words. */
export function negativeBalances(db: DatabaseSync): string[] {
  const rows = db.prepare(BALANCES).all() as unknown as (LedgerRow & { bucket: Bucket })[];
  return rows
    .filter(({ bucket, quantity }) => quantity < 0 && !mayBeNegative(bucket))
    .map(({ key, quantity }) => `${key}: ${quantity}`);
}

function byKey(a: LedgerRow, b: LedgerRow): number {
  return a.key < b.key ? -1 : 1;
}
