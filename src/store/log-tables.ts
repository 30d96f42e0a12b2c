// store: the tables of events.db: made once, kept in their form, never repaired.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { checksumOfName } from './checksum.ts';
import { DamagedLog } from './damaged-log.ts';
import { layoutIn } from './log-layout.ts';

/** The view is for whoever looks into the file with other tools; the program reads the tables. */
const TABLES = `
  CREATE TABLE log (identity TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
  CREATE TABLE streams (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX streams_by_name ON streams (name);
  CREATE INDEX streams_by_name_again ON streams (name);
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream INTEGER NOT NULL REFERENCES streams,
    version INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    type TEXT NOT NULL,
    schema INTEGER NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;
  CREATE VIEW entries AS
    SELECT position, name AS stream, version,
      lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' ||
        substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) AS id,
      type, schema, strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at / 1000.0, 'unixepoch') AS recorded_at, data, metadata
    FROM events LEFT JOIN streams ON number = stream;
  CREATE TRIGGER streams_are_never_changed BEFORE UPDATE ON streams
    BEGIN SELECT raise(ABORT, 'streams are never changed: record a correction'); END;
  CREATE TRIGGER streams_are_never_deleted BEFORE DELETE ON streams
    BEGIN SELECT raise(ABORT, 'streams are never deleted: record a correction'); END;
  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT raise(ABORT, 'events are never changed: record a correction'); END;
  CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT raise(ABORT, 'events are never deleted: record a correction'); END;
`;

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
  demandTables(db, file);
  const { identity, checksum } = (db.prepare('SELECT * FROM log').get() ?? {}) as {
    identity?: string;
    checksum?: number | null;
  };
  if (identity === undefined || (checksum != null && checksum !== checksumOfName(identity)))
    throw new DamagedLog(file, 'the name of the log was changed');
  return identity;
}

function namesIn(db: DatabaseSync): string[] {
  return db
    .prepare('SELECT name FROM sqlite_master WHERE sql IS NOT NULL')
    .all()
    .map(({ name }) => String(name));
}

function columnsIn(db: DatabaseSync): string[] {
  const columns = db.prepare(
    `SELECT one.name || '.' || its.name AS name FROM sqlite_master AS one, pragma_table_info(one.name) AS its
     WHERE one.type = 'table'`,
  );
  return columns.all().map(({ name }) => String(name));
}

function pagesOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA page_count').get()!['page_count']);
}

function demandTables(db: DatabaseSync, file: string): void {
  const names = [...namesIn(db), ...columnsIn(db)];
  // The name of a log got its checksum later than its entries, when somebody wrote to it.
  const demanded = [...layoutIn(db).names, ...names.filter((name) => name === 'log.checksum')];
  const missing = demanded.filter((name) => !names.includes(name));
  const [first] = [...missing, ...names.filter((name) => !demanded.includes(name))];
  if (first) throw new DamagedLog(file, `its tables are not those of a log (${first})`);
}

function hasChecksums(db: DatabaseSync, table: string): boolean {
  return db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, 'checksum') !== undefined;
}
