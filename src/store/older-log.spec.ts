// store: a log that a version without checksums wrote is read, kept as it is, and gone on with.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newFolder } from '../../test/contract/folder.js';
import { batch, ids, whole } from '../../test/contract/proposed.js';
import { NO_STREAM } from '../kernel/event-store.js';
import { openForWriting, DURABLE } from './sqlite-file.js';
import { SqliteEventStore, SqliteLogReader } from './sqlite.event-store.js';

/** The tables as version 0.1.0 made them before there were checksums. */
const OLD_TABLES = `
  CREATE TABLE log (identity TEXT NOT NULL) STRICT;
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
    UNIQUE (stream, version)
  ) STRICT;
  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT raise(ABORT, 'events are never changed: record a correction'); END;
  CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT raise(ABORT, 'events are never deleted: record a correction'); END;`;
const METADATA = JSON.stringify({
  happenedAt: '2020-03-16T12:00:00Z',
  actor: { id: 'u-17', role: 'logistician' },
  channel: 'api',
  commandId: 'old',
  fingerprint: '0123456789abcdef',
});

/** A log with two entries of one stream, as the older version left it. */
function oldLog(): string {
  const file = join(newFolder(), 'events.db');
  const db = openForWriting(file, DURABLE);
  db.exec(`${OLD_TABLES} INSERT INTO log VALUES ('the old log');`);
  const insert = db.prepare(
    `INSERT INTO events (stream, version, id, type, schema, data, metadata, recorded_at) VALUES ('donation-A', ?, ?, 'Noted', 1, '{"n":1}', ?, 1584360000000)`,
  );
  for (const version of [0, 1]) insert.run(version, `old-${version}`, METADATA);
  db.close();
  return file;
}

const OLD_IDS = ['old-0', 'old-1'];

/** Past the triggers, as a fault of the disk would. */
function overwrite(file: string, change: string): void {
  const db = new DatabaseSync(file);
  db.exec(`DROP TRIGGER events_are_never_changed; ${change};
    CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'never changed'); END;`);
  db.close();
}

describe('a log of a version without checksums', () => {
  it('is read beside by a process that does not write to it', async () => {
    const file = oldLog();
    const reader = new SqliteLogReader(file);

    expect(ids(await reader.readStream('donation-A'))).toEqual(OLD_IDS);
    expect(ids(await reader.readAll(0, 10))).toEqual(OLD_IDS);
    expect(reader.identity()).toBe('the old log');
    await reader.close();
  });

  it('is opened, keeps its name and its entries, and takes new ones', async () => {
    const file = oldLog();
    for (const [opening, version] of [1, 3].entries()) {
      const store = await SqliteEventStore.open(file);
      await store.append('donation-A', version, batch(`new-${opening}`, 2));
      await store.close();
    }

    const store = await SqliteEventStore.open(file);
    const news = ids([...batch('new-0', 2), ...batch('new-1', 2)]);
    expect(ids(await store.readStream('donation-A'))).toEqual([...OLD_IDS, ...news]);
    expect(ids(await whole(store))).toEqual([...OLD_IDS, ...news]);
    expect(store.identity()).toBe('the old log');
    await store.close();
  });

  it('is read by a process that opened it before it was brought to today’s form', async () => {
    const file = oldLog();
    const reader = new SqliteLogReader(file);
    const store = await SqliteEventStore.open(file);
    await store.append('donation-B', NO_STREAM, batch('new', 1));

    expect(ids(await reader.readAll(0, 10))).toEqual([...OLD_IDS, ...ids(batch('new', 1))]);
    await reader.close();
    await store.close();
  });

  it('has checksums for what is added, and none for what stood there', async () => {
    const file = oldLog();
    const store = await SqliteEventStore.open(file);
    await store.append('donation-B', NO_STREAM, batch('new', 1));
    overwrite(file, `UPDATE events SET data = '{"n":2}' WHERE position = 2`);
    expect((await store.readStream('donation-A'))[1]!.data).toEqual({ n: 2 });

    overwrite(file, `UPDATE events SET data = '{"n":2}' WHERE position = 3`);

    await expect(store.readStream('donation-B')).rejects.toThrow(/position 3, version 0 of donation-B, was changed/);
    await store.close();
  });
});
