// store: opening the file of a log to read it, when it is there and whole at its ends.
import type { DatabaseSync } from 'node:sqlite';
import { DamagedLog } from './damaged-log.js';
import { checksumsIn, identityIn } from './log-tables.js';
import { openForReading } from './sqlite-file.js';
import { saidFor } from './sqlite-faults.js';

export interface LogFile {
  readonly db: DatabaseSync;
  readonly identity: string;
  readonly checksums: ReturnType<typeof checksumsIn>;
}

/** The last entry by the table, and by what SQLite keeps beside it for the next one. */
const ENDS = `SELECT (SELECT max(position) FROM events), (SELECT seq FROM sqlite_sequence WHERE name = 'events')`;

/** Opens a log beside whoever writes it. Throws `DamagedLog` when its beginning or its end is not there. */
export function openLog(file: string): LogFile {
  return saidFor(file, () => {
    const db = openForReading(file);
    try {
      const identity = identityIn(db, file);
      const [last, promised] = Object.values(db.prepare(ENDS).get()!).map((position) => Number(position));
      if (last !== promised) throw new DamagedLog(file, `it ends at position ${last} and not at ${promised}`);
      return { db, identity, checksums: checksumsIn(db) };
    } catch (error) {
      db.close();
      throw error;
    }
  });
}
