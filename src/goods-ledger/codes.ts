// goods ledger: small numbers for things with long names, the same in every row.
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Things by the first part of their name, then by the next one; the last part leads to the thing. */
class Branch<Thing> extends Map<string, Branch<Thing> | Thing> {}

const KNOWN_MAX = 10_000;

/** A table of things with their parts; each thing gets one number for good. */
export class Codes<Part extends string, Thing extends object> {
  private readonly known = new Branch<Thing>();
  private count = 0;
  private readonly select: StatementSync;
  private readonly insert: StatementSync;

  /**
   * `parts` are the columns that tell things apart; the last is the one that differs most from thing to thing. `numbered`
   * makes what is remembered of a thing.
   */
  constructor(
    db: DatabaseSync,
    table: string,
    private readonly parts: readonly Part[],
    private readonly numbered: (id: number) => Thing,
  ) {
    this.select = db.prepare(`SELECT id FROM ${table} WHERE ${parts.map((part) => `${part} = ?`).join(' AND ')}`);
    this.insert = db.prepare(
      `INSERT INTO ${table} (${parts.join(', ')}) VALUES (${parts.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    );
  }

  of(thing: Readonly<Record<Part, string>>): Thing {
    let branch = this.known;
    for (const part of this.parts) {
      const next = branch.get(thing[part]);
      if (!next) break;
      if (!(next instanceof Branch)) return next;
      branch = next;
    }
    return this.remember(thing);
  }

  /** Rows may have been rolled back: look again. */
  forget(): void {
    this.known.clear();
    this.count = 0;
  }

  private remember(thing: Readonly<Record<Part, string>>): Thing {
    if (this.count++ >= KNOWN_MAX) this.forget();
    const numbered = this.numbered(this.stored(this.parts.map((part) => thing[part])));
    let branch = this.known;
    for (const part of this.parts.slice(0, -1)) {
      const next = (branch.get(thing[part]) as Branch<Thing> | undefined) ?? new Branch<Thing>();
      branch.set(thing[part], next);
      branch = next;
    }
    branch.set(thing[this.parts.at(-1)!], numbered);
    return numbered;
  }

  /** What is not remembered is new most of the time. */
  private stored(parts: readonly string[]): number {
    const { changes, lastInsertRowid } = this.insert.run(...parts);
    return changes === 1 ? Number(lastInsertRowid) : (this.select.get(...parts) as { id: number }).id;
  }
}
