// A small view for specs of stores: how often each stream was written to, and which text said so last.
import type { DatabaseSync } from 'node:sqlite';
import type { Delivered } from '../../src/kernel/delivered.js';
import type { View } from '../../src/kernel/view.js';

export class Tally implements View {
  static readonly version: number = 1;
  static readonly tables: string = 'CREATE TABLE tally (stream TEXT PRIMARY KEY, entries INTEGER NOT NULL) STRICT;';
  static readonly clustered: readonly string[] = ['tally'];

  constructor(protected readonly db: DatabaseSync) {}

  apply({ entry }: Delivered): void {
    if ((entry.data as { poison?: true }).poison) throw new Error(`The tally cannot take entry ${entry.position}.`);
    this.db
      .prepare('INSERT INTO tally VALUES (?, 1) ON CONFLICT DO UPDATE SET entries = entries + 1')
      .run(entry.stream);
  }

  rows(): { stream: string; entries: number }[] {
    const rows = this.db.prepare('SELECT stream, entries FROM tally ORDER BY stream').all();
    return rows.map((row) => ({ ...row }) as { stream: string; entries: number });
  }
}

/** The same view after a change of its meaning. */
export class NewTally extends Tally {
  static override readonly version = 2;
}

export const shapes = { Noted: [] };
