// store: tables whose rows lie in the file in the order of their keys.
import type { DatabaseSync } from 'node:sqlite';

interface Made {
  readonly name: string;
  readonly sql: string;
}

/**
 * Writes the rows of a table once more, behind everything else in the file and in the order of its primary key, as CLUSTER
 * does in PostgreSQL: rows that one question needs then share pages, and lie next to each other on the disk. One
 * transaction, which closing the file takes back when this throws; the room of the old rows is left for those that come later.
 */
export function cluster(db: DatabaseSync, table: string): void {
  const made = db.prepare('SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND type = ? AND sql IS NOT NULL');
  const [{ sql: create }] = made.all(table, 'table') as unknown as [Made];
  const indices = made.all(table, 'index') as unknown as Made[];
  const key = db.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').all(table);
  db.exec(`BEGIN;
    ${indices.map(({ name }) => `DROP INDEX ${name};`).join('\n')}
    ALTER TABLE ${table} RENAME TO filled;
    ${create};
    INSERT INTO ${table} SELECT * FROM filled ORDER BY ${key.map(({ name }) => name as string).join()};
    DROP TABLE filled;
    ${indices.map(({ sql }) => `${sql};`).join('\n')}
    COMMIT`);
}
