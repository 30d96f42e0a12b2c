// goods ledger: what each account holds of each line, as rows.
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** An account by its number, and what waits to be written of it. */
export class OpenAccount {
  /** What is moved in, by the number of its line; less than 0 when more is moved out. */
  moved: Map<number, number> | undefined;
  /** The item asked for last, and the cell of the country report that its pieces are counted in. */
  item = '';
  cell = 0;

  constructor(readonly id: number) {}
}

/** Adds up what a page of entries moves, and writes each balance once. */
export class BalanceRows {
  static readonly tables = `
    CREATE TABLE balances (account INTEGER NOT NULL, line INTEGER NOT NULL, quantity INTEGER NOT NULL,
      PRIMARY KEY (account, line)) STRICT, WITHOUT ROWID;
  `;

  private readonly waiting = new Set<OpenAccount>();
  private readonly upsert: StatementSync;

  constructor(db: DatabaseSync) {
    this.upsert = db.prepare(
      'INSERT INTO balances VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity',
    );
  }

  add(account: OpenAccount, line: number, quantity: number): void {
    if (!account.moved) {
      account.moved = new Map();
      this.waiting.add(account);
    }
    account.moved.set(line, (account.moved.get(line) ?? 0) + quantity);
  }

  /**
   * A balance that came back to what it was is written too: the rows are the same whatever the pages. In the order of the
   * table, for each page of the file is then looked at once.
   */
  write(): void {
    for (const { id, moved } of [...this.waiting].sort((one, other) => one.id - other.id)) {
      for (const [line, quantity] of moved!) this.upsert.run(id, line, quantity);
    }
    this.forget();
  }

  forget(): void {
    for (const account of this.waiting) account.moved = undefined;
    this.waiting.clear();
  }
}
