// store: what SQLite itself finds wrong in a file.
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { DamagedLog } from './damaged-log.ts';

/** A file of this size is looked through in less than a tenth of a second; larger ones only when somebody verifies. */
const BYTES_AT_START = 50_000_000;

/** Pages, tables and indexes that do not fit together, at most so many; none in a file that is whole. */
export function faultsOfFile(db: DatabaseSync, most: number): string[] {
  const found = db.prepare(`PRAGMA integrity_check(${most})`).all();
  return found.map((row) => String(row['integrity_check'])).filter((fault) => fault !== 'ok');
}

/** Throws `DamagedLog` for a log that does not fit together, when finding out takes no time. */
export function refuseBroken(db: DatabaseSync, file: string): void {
  if (statSync(file).size > BYTES_AT_START) return;
  const [fault] = faultsOfFile(db, 1);
  if (fault !== undefined) throw new DamagedLog(file, `it does not fit together (${fault.replace(/\s+/g, ' ')})`);
}
