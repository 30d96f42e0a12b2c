// store: opening a SQLite file the only way we trust it.
import { DatabaseSync } from 'node:sqlite';

/** Every commit is on the disk before it is answered. */
export const DURABLE = 'FULL';
/** A crash of the machine may take the last commits; the file stays whole. For files that can be rebuilt. */
export const REBUILDABLE = 'NORMAL';

const LEVELS: Record<string, number> = { NORMAL: 1, FULL: 2 };

/** Opens a file in WAL mode and refuses to go on when the journal or the flushes are not what was asked for. */
export function openForWriting(file: string, synchronous: typeof DURABLE | typeof REBUILDABLE): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA busy_timeout = 5000;`);
  const journal = (db.prepare('PRAGMA journal_mode').get() as { journal_mode: string }).journal_mode;
  const level = (db.prepare('PRAGMA synchronous').get() as { synchronous: number }).synchronous;
  if (file !== ':memory:' && (journal !== 'wal' || level !== LEVELS[synchronous])) {
    db.close();
    throw new Error(
      `${file} opened with journal ${journal}, synchronous ${level}: it would not be safe. Use a local disk.`,
    );
  }
  return db;
}

export function openForReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true });
  db.exec('PRAGMA busy_timeout = 5000;');
  return db;
}
