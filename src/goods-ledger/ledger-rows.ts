// goods ledger: its rows under their full names, for comparing one ledger with another.
import type { DatabaseSync } from 'node:sqlite';
import { mayBeNegative, type Bucket } from './account.js';

/** A number under a name that means the same in every ledger. */
export interface LedgerRow {
  readonly key: string;
  readonly quantity: number;
}

const BALANCES = `SELECT a.key || ' ' || l.key AS key, b.quantity, a.bucket FROM balances b
  JOIN accounts a ON a.id = b.account JOIN lines l ON l.id = b.line WHERE b.quantity <> 0 ORDER BY 1`;
const TOTALS = `SELECT c.key || ' happened ' || happened_day || ' reported ' || reported_day || ' recorded ' || recorded_day AS key, quantity
  FROM daily_totals t JOIN cells c ON c.id = t.cell WHERE quantity <> 0 ORDER BY 1`;
const SUMS = `SELECT l.key, sum(b.quantity) AS quantity FROM balances b JOIN lines l ON l.id = b.line GROUP BY l.id`;

export function balanceRows(db: DatabaseSync): LedgerRow[] {
  return db.prepare(BALANCES).all() as unknown as LedgerRow[];
}

export function totalRows(db: DatabaseSync): LedgerRow[] {
  return db.prepare(TOTALS).all() as unknown as LedgerRow[];
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
