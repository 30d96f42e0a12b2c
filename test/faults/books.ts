// The books of a folder after a fault: opened as any process opens them, brought up to date, and looked through.
import 'reflect-metadata';
import { openFor } from '../../src/open-for.js';
import { isClean, verify } from '../../src/audit/verify.js';
import { balanceRows, totalRows, type LedgerRow } from '../../src/goods-ledger/ledger-rows.js';
import type { Recorded } from '../../src/kernel/recorded.js';
import { whole } from '../contract/proposed.js';

export interface Books {
  readonly log: readonly Recorded[];
  /** Every row of the goods ledger. */
  readonly rows: readonly LedgerRow[];
  /** What verify found broken: nothing when the books are in order; views that differ from a rebuild are among it. */
  readonly broken: readonly string[];
}

export async function booksOf(folder: string, eventStore?: string): Promise<Books> {
  const stores = await openFor({ kind: 'folder', folder, use: 'write', eventStore });
  try {
    await stores.rebuilding!.upToDate();
    const verdict = await verify(stores);
    const broken = verdict.findings.flatMap(({ law, broken }) => broken.map((fault) => `${law} ${fault}`));
    if (isClean(verdict) !== (broken.length === 0)) throw new Error('The verdict contradicts its findings.');
    const rows = [...balanceRows(stores.views.db), ...totalRows(stores.views.db)];
    return { log: await whole(stores.log), rows, broken };
  } finally {
    await stores.close();
  }
}
