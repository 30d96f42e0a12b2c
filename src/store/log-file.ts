// store: opening the file of a log to read it, when it is there and whole at its ends.
import type { DatabaseSync } from 'node:sqlite';
import { DamagedLog } from './damaged-log.js';
import { refuseLost } from './data-folder.js';
import { layoutIn, type LogLayout } from './log-layout.js';
import { identityIn, isBlank } from './log-tables.js';
import { openForReading } from './sqlite-file.js';
import { saidFor } from './sqlite-faults.js';
import { refuseBroken } from './whole-file.js';

export interface LogFile {
  readonly db: DatabaseSync;
  readonly identity: string;
  readonly layout: LogLayout;
}

/** The last entry by the table, and by what SQLite keeps beside it for the next one. */
const ENDS = `SELECT (SELECT max(position) FROM events), (SELECT seq FROM sqlite_sequence WHERE name = 'events')`;

/**
 * Opens a log beside whoever writes it. Throws `DamagedLog` when its beginning or its end is not there, or when it does
 * not fit together and nobody looked through it yet.
 */
export function openLog(file: string, looked: 'through' | 'not yet'): LogFile {
  refuseLost(file);
  return saidFor(file, () => {
    const db = openForReading(file);
    try {
      if (looked === 'not yet') refuseBroken(db, file);
      if (isBlank(db)) throw new Error(`There is no log in ${file} yet.`);
      const identity = identityIn(db, file);
      const [last, promised] = Object.values(db.prepare(ENDS).get()!).map((position) => Number(position));
      if (last !== promised) throw new DamagedLog(file, `it ends at position ${last} and not at ${promised}`);
      return { db, identity, layout: layoutIn(db) };
    } catch (error) {
      db.close();
      throw error;
    }
  });
}
