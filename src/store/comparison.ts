// store: two files of views, held against each other row by row.
import { DatabaseSync } from 'node:sqlite';
import { openForReading } from './sqlite-file.js';
import { layoutOf, type AnyViewClass } from './views-state.js';

export interface Comparison {
  /** Position of the log at which both were compared; undefined when they never stood at the same one. */
  readonly position: number | undefined;
  /** Tables that both have in the same form. */
  readonly tables: number;
  readonly rows: number;
  /** What differs, in words; empty when every row is the same. */
  readonly differences: readonly string[];
}

export const NOT_COMPARED: Comparison = { position: undefined, tables: 0, rows: 0, differences: [] };

/** Views as one moment shows them, while their owner goes on. */
export class Snapshot {
  private readonly db: DatabaseSync;

  constructor(
    served: string,
    private readonly classes: readonly AnyViewClass[],
  ) {
    this.db = openForReading(served);
    this.db.exec('BEGIN');
  }

  get position(): number {
    return (this.db.prepare('SELECT position FROM views').get() as { position: number }).position;
  }

  /** Holds a file that stands at the same position against this one. */
  against(next: string): Comparison {
    this.db.prepare('ATTACH ? AS next').run(next);
    const tables = this.comparable();
    const counted = tables.map((table) => ({ table, ...this.compared(table) }));
    return {
      position: this.position,
      tables: tables.length,
      rows: counted.reduce((sum, { rows }) => sum + rows, 0),
      differences: counted.flatMap(({ table, gone, come }) =>
        gone + come > 0 ? [`${table}: ${gone} rows served until now are not in the new views, ${come} are new`] : [],
      ),
    };
  }

  close(): void {
    this.db.close();
  }

  /** Tables of the views that have the same version in both files. */
  private comparable(): string[] {
    const { layout } = this.db.prepare('SELECT layout FROM views').get() as { layout: string };
    const served = layout.split(', ');
    return this.classes.filter((each) => served.includes(layoutOf([each]))).flatMap(tablesOf);
  }

  private compared(table: string): { rows: number; gone: number; come: number } {
    const count = (query: string) => (this.db.prepare(`SELECT count(*) AS n FROM (${query})`).get() as { n: number }).n;
    const [served, next] = [`SELECT * FROM main.${table}`, `SELECT * FROM next.${table}`];
    return {
      rows: count(next),
      gone: count(`${served} EXCEPT ${next}`),
      come: count(`${next} EXCEPT ${served}`),
    };
  }
}

function tablesOf({ tables }: AnyViewClass): string[] {
  const db = new DatabaseSync(':memory:');
  try {
    db.exec(tables);
    return db
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`)
      .all()
      .map(({ name }) => name as string);
  } finally {
    db.close();
  }
}
