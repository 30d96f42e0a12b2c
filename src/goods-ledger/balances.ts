// goods ledger: what each account holds of each line, as rows.
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Adds up what a page of entries moves, and writes each balance once. */
export class BalanceRows {
  static readonly tables = `
    CREATE TABLE balances (account INTEGER NOT NULL, line INTEGER NOT NULL, quantity INTEGER NOT NULL,
      PRIMARY KEY (account, line)) STRICT, WITHOUT ROWID;
  `;

  private readonly waiting = new Map<number, Map<number, number>>();
  private readonly upsert: StatementSync;

  constructor(db: DatabaseSync) {
    this.upsert = db.prepare(
      'INSERT INTO balances VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity',
    );
  }

  add(account: number, line: number, quantity: number): void {
    const lines = this.waiting.get(account);
    if (lines) lines.set(line, (lines.get(line) ?? 0) + quantity);
    else this.waiting.set(account, new Map([[line, quantity]]));
  }

  /** A balance that came back to what it was is written too: the rows are the same whatever the pages. */
  write(): void {
    for (const [account, lines] of this.waiting) {
      for (const [line, quantity] of lines) this.upsert.run(account, line, quantity);
    }
    this.waiting.clear();
  }

  forget(): void {
    this.waiting.clear();
  }
}
