// bench: how many bytes a log takes.
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Of a log that nobody has open, with everything in its one file and a row for each event in `table`. */
export function bytesAnEvent(file: string, table = 'events'): number {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const { count } = db.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number };
  db.close();
  return statSync(file).size / count;
}
