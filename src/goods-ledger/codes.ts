// goods ledger: small numbers for long keys, the same in every row.
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A table of keys with their parts; each key gets one number for good. */
export class Codes {
  private readonly known = new Map<string, number>();
  private readonly select: StatementSync;
  private readonly insert: StatementSync;

  constructor(
    db: DatabaseSync,
    table: string,
    private readonly parts: readonly string[],
  ) {
    this.select = db.prepare(`SELECT id FROM ${table} WHERE key = ?`);
    this.insert = db.prepare(`INSERT INTO ${table} (key, ${parts.join(', ')}) VALUES (?${', ?'.repeat(parts.length)})`);
  }

  of(key: string, values: object): number {
    const known = this.known.get(key) ?? this.stored(key);
    if (known !== undefined) return known;
    const { lastInsertRowid } = this.insert.run(
      key,
      ...this.parts.map((part) => (values as Record<string, string>)[part]!),
    );
    return this.remember(key, Number(lastInsertRowid));
  }

  /** Rows may have been rolled back: look again. */
  forget(): void {
    this.known.clear();
  }

  private stored(key: string): number | undefined {
    const row = this.select.get(key) as { id: number } | undefined;
    return row && this.remember(key, row.id);
  }

  private remember(key: string, id: number): number {
    if (this.known.size >= KNOWN_MAX) this.known.clear();
    this.known.set(key, id);
    return id;
  }
}

const KNOWN_MAX = 100_000;
