// store: the tables of events.db: made once, brought to today's form, never repaired.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { checksumOfName } from './checksum.ts';
import { DamagedLog } from './damaged-log.ts';

const TABLES = `
  CREATE TABLE log (identity TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    schema INTEGER NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;
  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT raise(ABORT, 'events are never changed: record a correction'); END;
  CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT raise(ABORT, 'events are never deleted: record a correction'); END;
`;
const NAMES = ['events', 'events_are_never_changed', 'events_are_never_deleted', 'log', 'sqlite_sequence'];

/** Makes the tables of a new log; a log keeps its own. What is missing there is damage, and never made anew. */
export function prepareTables(db: DatabaseSync, file: string): void {
  if (isBlank(db)) {
    const identity = randomUUID();
    db.exec(`BEGIN IMMEDIATE; ${TABLES}`);
    db.prepare('INSERT INTO log (identity, checksum) VALUES (?, ?)').run(identity, checksumOfName(identity));
    db.exec('COMMIT');
    return;
  }
  const identity = identityIn(db, file);
  if (!hasChecksums(db, 'events')) db.exec('ALTER TABLE events ADD COLUMN checksum INTEGER');
  if (hasChecksums(db, 'log')) return;
  db.exec('ALTER TABLE log ADD COLUMN checksum INTEGER');
  db.prepare('UPDATE log SET checksum = ?').run(checksumOfName(identity));
}

/** True while nothing was ever written to the file: whoever made it is at its first step, or was killed there. */
export function isBlank(db: DatabaseSync): boolean {
  return namesIn(db).length === 0 && pagesOf(db) <= 1;
}

/** The name of a log. Throws `DamagedLog` when it is not the one that was given. */
export function identityIn(db: DatabaseSync, file: string): string {
  demandTables(namesIn(db), file);
  const { identity, checksum } = (db.prepare('SELECT * FROM log').get() ?? {}) as {
    identity?: string;
    checksum?: number | null;
  };
  if (identity === undefined || (checksum != null && checksum !== checksumOfName(identity)))
    throw new DamagedLog(file, 'the name of the log was changed');
  return identity;
}

/** Which entries have a checksum: all of them, those since this version writes the log, or none because it never did. */
export function checksumsIn(db: DatabaseSync): 'all' | 'some' | 'none' {
  const column = db
    .prepare(`SELECT "notnull" AS required FROM pragma_table_info('events') WHERE name = 'checksum'`)
    .get();
  return !column ? 'none' : column['required'] ? 'all' : 'some';
}

function namesIn(db: DatabaseSync): string[] {
  return db
    .prepare('SELECT name FROM sqlite_master WHERE sql IS NOT NULL')
    .all()
    .map(({ name }) => String(name));
}

function pagesOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA page_count').get()!['page_count']);
}

function demandTables(names: readonly string[], file: string): void {
  const missing = NAMES.filter((name) => !names.includes(name));
  const [first] = [...missing, ...names.filter((name) => !NAMES.includes(name))];
  if (first) throw new DamagedLog(file, `its tables are not those of a log (${first})`);
}

function hasChecksums(db: DatabaseSync, table: string): boolean {
  return db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, 'checksum') !== undefined;
}
