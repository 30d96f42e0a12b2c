// audit: the books of a node in a few letters, so that two nodes can be compared without sending rows.
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { balanceRows, totalRows, type LedgerRow } from '../goods-ledger/ledger-rows.js';

/** SHA-256 of the balances and of the daily totals that are not zero, each row as a line of JSON, in the order of their names. */
export class Digest {
  balances!: string;
  totals!: string;
}

export function digestOf(db: DatabaseSync): Digest {
  return { balances: hashOf(balanceRows(db)), totals: hashOf(totalRows(db)) };
}

function hashOf(rows: readonly LedgerRow[]): string {
  const hash = createHash('sha256');
  for (const { key, quantity } of rows) hash.update(`${JSON.stringify([key, quantity])}\n`);
  return hash.digest('hex');
}
