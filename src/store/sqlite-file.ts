// store: opening a SQLite file the only way we trust it.
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/** Every commit is on the disk before it is answered. */
export const DURABLE = 'FULL';
/** A crash of the machine may take the last commits; the file stays whole. For files that can be rebuilt. */
export const REBUILDABLE = 'NORMAL';

/** How long one connection waits for another. */
export const BUSY_MS = 5_000;

const LEVELS: Record<string, number> = { NORMAL: 1, FULL: 2 };

/** Opens a file in WAL mode and refuses to go on when the journal or the flushes are not what was asked for. */
export function openForWriting(file: string, synchronous: typeof DURABLE | typeof REBUILDABLE): DatabaseSync {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA busy_timeout = ${BUSY_MS};`);
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

/** Opens a file beside whoever writes it, or alone on a disk that takes nothing. */
export function openForReading(file: string): DatabaseSync {
  const db = new DatabaseSync(isAlone(file) ? immutable(file) : file, { readOnly: true });
  db.exec(`PRAGMA busy_timeout = ${BUSY_MS};`);
  return db;
}

/**
 * SQLite shares memory with a writer through a file beside, which a read-only disk does not take; but there nobody
 * writes. Entries that still stand in the write-ahead file would be left out: then SQLite has to say no.
 */
function isAlone(file: string): boolean {
  const ahead = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (ahead && ahead.size > 0) return false;
  try {
    accessSync(dirname(file), constants.W_OK);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS';
  }
}

function immutable(file: string): URL {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  return url;
}
