// goods ledger: small numbers for things with long names, the same in every row.
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Numbers by the first part of a name, then by the next one; the last part leads to the number. */
class Branch extends Map<string, Branch | number> {}

/** A table of things with their parts; each thing gets one number for good. */
export class Codes<Part extends string> {
  private readonly known = new Branch();
  private count = 0;
  private readonly select: StatementSync;
  private readonly insert: StatementSync;

  /** `parts` are the columns that tell things apart; the last is the one that differs most from thing to thing. */
  constructor(
    db: DatabaseSync,
    table: string,
    private readonly parts: readonly Part[],
    private readonly keyOf: (thing: Readonly<Record<Part, string>>) => string,
  ) {
    this.select = db.prepare(`SELECT id FROM ${table} WHERE ${parts.map((part) => `${part} = ?`).join(' AND ')}`);
    this.insert = db.prepare(
      `INSERT INTO ${table} (${parts.join(', ')}, key) VALUES (${'?, '.repeat(parts.length)}?)
        ON CONFLICT DO NOTHING RETURNING id`,
    );
  }

  of(thing: Readonly<Record<Part, string>>): number {
    let branch = this.known;
    for (const part of this.parts) {
      const next = branch.get(thing[part]);
      if (typeof next === 'number') return next;
      if (!next) return this.remember(thing);
      branch = next;
    }
    throw new Error(`${this.keyOf(thing)} has no number.`);
  }

  /** Rows may have been rolled back: look again. */
  forget(): void {
    this.known.clear();
    this.count = 0;
  }

  private remember(thing: Readonly<Record<Part, string>>): number {
    if (this.count++ >= KNOWN_MAX) this.forget();
    const id = this.stored(thing);
    let branch = this.known;
    for (const part of this.parts.slice(0, -1)) {
      const next = (branch.get(thing[part]) as Branch | undefined) ?? new Branch();
      branch.set(thing[part], next);
      branch = next;
    }
    branch.set(thing[this.parts.at(-1)!], id);
    return id;
  }

  /** What is not remembered is new most of the time. */
  private stored(thing: Readonly<Record<Part, string>>): number {
    const parts = this.parts.map((part) => thing[part]);
    const row = this.insert.get(...parts, this.keyOf(thing)) ?? this.select.get(...parts);
    return (row as { id: number }).id;
  }
}

const KNOWN_MAX = 30_000;
