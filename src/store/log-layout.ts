// store: how entries lie in events.db: as new logs have it, or as older versions left it; a log keeps its form for life.
import type { DatabaseSync } from 'node:sqlite';

/** What the forms of a log have in common, with their differences as text of SQL. */
export interface LogLayout {
  /** The tables with their columns, indexes, triggers and views that must be in the file, and nothing else. */
  readonly names: readonly string[];
  /** Selects the fields of an `EntryRow` of all entries. */
  readonly entries: string;
  /** What holds for the rows of events in the stream that is named by the parameter. */
  readonly ofStream: string;
  /** The key and the last version of the stream that is named by the parameter; no row where it is new. */
  readonly standing: string;
  /** Adds an entry: the key of its stream, version, id, type, schema, data, metadata, recorded_at, checksum. */
  readonly insert: string;
  /** Adds a stream by its name, which makes its key; undefined where its name is its key. */
  readonly introduce: string | undefined;
  /** The ids that this form can keep. */
  readonly ids: RegExp;
  /** The id of an entry from what `entries` selects of it. */
  readonly id: (selected: string) => string;
  /** Whether each entry has a checksum, or only those since a version that knew of checksums wrote to this log. */
  readonly checked: 'always' | 'where known';
}

const events = (...columns: string[]) => columns.map((column) => `events.${column}`);
const NAMES = [
  ...['events', 'events_are_never_changed', 'events_are_never_deleted', 'log', 'log.identity'],
  ...events('position', 'stream', 'version', 'id', 'type', 'schema', 'data', 'metadata', 'recorded_at'),
  ...['sqlite_sequence', 'sqlite_sequence.name', 'sqlite_sequence.seq'],
];
const STREAMS = [
  ...['streams', 'streams.number', 'streams.name', 'streams_by_name', 'streams_by_name_again'],
  ...['streams_are_never_changed', 'streams_are_never_deleted'],
];
const REST = 'type, schema, data, metadata, recorded_at';
const insert = (id: string) =>
  `INSERT INTO events (stream, version, id, ${REST}, checksum) VALUES (?, ?, ${id}, ?, ?, ?, ?, ?, ?)`;

/** Two roads to a stream: a record that fell out of one index must not look like one that never was. */
const NUMBER = `coalesce((SELECT number FROM streams INDEXED BY streams_by_name WHERE name = ?1),
    (SELECT number FROM streams INDEXED BY streams_by_name_again WHERE name = ?1))`;
/** No checksum fits an entry whose stream is gone, so this is only ever said, never believed. */
const NAME = `coalesce((SELECT name FROM streams WHERE number = stream), 'a stream that is gone')`;

/** As `dashed` gives it back: what looks otherwise would come back as another id. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Streams are numbered, and an id takes the 16 bytes of a UUID. */
const NUMBERED: LogLayout = {
  names: [...NAMES, 'events.checksum', 'entries', ...STREAMS],
  entries: `SELECT position, ${NAME}, version, lower(hex(id)), ${REST}, checksum FROM events`,
  ofStream: `stream = ${NUMBER}`,
  standing: `SELECT number AS key, (SELECT max(version) FROM events WHERE stream = number) AS version
    FROM streams WHERE number = ${NUMBER} AND +name = ?1`,
  insert: insert(`unhex(?, '-')`),
  introduce: 'INSERT INTO streams (name) VALUES (?)',
  ids: UUID,
  id: dashed,
  checked: 'always',
};

/** Each entry says the name of its stream and its id in letters. Checksums came later: what stood there has none. */
const named = (checksums: 'all' | 'some' | 'none'): LogLayout => ({
  names: [...NAMES, ...(checksums === 'none' ? [] : ['events.checksum'])],
  entries: `SELECT position, stream, version, id, ${REST}, ${checksums === 'none' ? 'NULL' : 'checksum'} FROM events`,
  ofStream: 'stream = ?',
  standing: 'SELECT stream AS key, version FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1',
  insert: insert('?'),
  introduce: undefined,
  ids: /^/,
  id: (selected) => selected,
  checked: checksums === 'all' ? 'always' : 'where known',
});

/** The form of the log that is open, by its table of events. */
export function layoutIn(db: DatabaseSync): LogLayout {
  const columns = db.prepare(`SELECT name, type, "notnull" AS required FROM pragma_table_info('events')`).all();
  const column = (name: string) => columns.find((one) => one['name'] === name);
  if (column('stream')?.['type'] === 'INTEGER') return NUMBERED;
  const checksum = column('checksum');
  return named(!checksum ? 'none' : checksum['required'] ? 'all' : 'some');
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
