// store: a log that an older version wrote is read, kept in its form, and gone on with.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newFolder } from '../../test/contract/folder.js';
import { batch, ids, proposed, whole } from '../../test/contract/proposed.js';
import { NO_STREAM } from '../kernel/event-store.js';
import { backup } from './backup.js';
import { checksumOf, checksumOfName } from './checksum.js';
import { faultsOfLog } from './log-faults.js';
import { openForWriting, DURABLE } from './sqlite-file.js';
import { SqliteEventStore } from './sqlite.event-store.js';
import { SqliteLogReader } from './sqlite.log-reader.js';

/** The tables as they were while each entry said the name of its stream; checksums came later. */
const tables = (checksum: '' | ', checksum INTEGER NOT NULL') => `
  CREATE TABLE log (identity TEXT NOT NULL${checksum}) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    schema INTEGER NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    recorded_at INTEGER NOT NULL${checksum},
    UNIQUE (stream, version)
  ) STRICT;
  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT raise(ABORT, 'events are never changed: record a correction'); END;
  CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT raise(ABORT, 'events are never deleted: record a correction'); END;`;
const RECORDED_AT = 1_584_360_000_000;
const METADATA = JSON.stringify({
  happenedAt: '2020-03-16T12:00:00Z',
  actor: { id: 'u-17', role: 'logistician' },
  channel: 'api',
  commandId: 'old',
  fingerprint: '0123456789abcdef',
});

/** A log with two entries of one stream, as the older version left it. */
function oldLog(checksums: 'with' | 'without'): string {
  const file = join(newFolder(), 'events.db');
  const db = openForWriting(file, DURABLE);
  const sums = (sum: number) => (checksums === 'with' ? [sum] : []);
  const marks = checksums === 'with' ? ', ?' : '';
  db.exec(tables(checksums === 'with' ? ', checksum INTEGER NOT NULL' : ''));
  db.prepare(`INSERT INTO log VALUES (?${marks})`).run('the old log', ...sums(checksumOfName('the old log')));
  const insert = db.prepare(
    `INSERT INTO events VALUES (NULL, 'donation-A', ?, ?, 'Noted', 1, '{"n":1}', ?, ?${marks})`,
  );
  for (const [version, id] of OLD_IDS.entries()) {
    const payload = { id, type: 'Noted', schema: 1, data: '{"n":1}', metadata: METADATA };
    const sum = checksumOf(payload, { stream: 'donation-A', version, recordedAt: RECORDED_AT });
    insert.run(version, id, METADATA, RECORDED_AT, ...sums(sum));
  }
  db.close();
  return file;
}

const OLD_IDS = ['old-0', 'old-1'];

function namesIn(file: string): string[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const names = db.prepare('SELECT name FROM sqlite_master ORDER BY name').all();
  db.close();
  return names.map(({ name }) => String(name));
}

/** Past the triggers, as a fault of the disk would. */
function overwrite(file: string, change: string): void {
  const db = new DatabaseSync(file);
  db.exec(`DROP TRIGGER events_are_never_changed; ${change};
    CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'never changed'); END;`);
  db.close();
}

describe.each(['with', 'without'] as const)(
  'a log of a version that names the stream in each entry, %s checksums',
  (checksums) => {
    it('is read beside by a process that does not write to it', async () => {
      const file = oldLog(checksums);
      const reader = new SqliteLogReader(file);

      expect(ids(await reader.readStream('donation-A'))).toEqual(OLD_IDS);
      expect(ids(await reader.readAll(0, 10))).toEqual(OLD_IDS);
      expect(reader.identity()).toBe('the old log');
      await reader.close();
    });

    it('is opened, keeps its name and its entries, and takes new ones', async () => {
      const file = oldLog(checksums);
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

    it('is read by a process that opened it before somebody wrote to it', async () => {
      const file = oldLog(checksums);
      const reader = new SqliteLogReader(file);
      const store = await SqliteEventStore.open(file);
      await store.append('donation-B', NO_STREAM, batch('new', 1));

      expect(ids(await reader.readAll(0, 10))).toEqual([...OLD_IDS, ...ids(batch('new', 1))]);
      await reader.close();
      await store.close();
    });

    it('keeps its tables, and takes ids of any form as before', async () => {
      const file = oldLog(checksums);
      const before = namesIn(file);
      const store = await SqliteEventStore.open(file);
      await store.append('donation-A', 1, [{ ...proposed('new'), id: 'any' }]);
      expect(await store.append('donation-A', 1, [{ ...proposed('new'), id: 'any' }])).toEqual({
        version: 2,
        position: 3,
      });
      await store.close();

      expect(namesIn(file)).toEqual(before);
      expect(faultsOfLog(file)).toEqual({ read: 3, faults: [] });
      const copy = join(newFolder(), 'copy.db');
      await backup(join(file, '..'), copy);
      expect(faultsOfLog(copy)).toEqual({ read: 3, faults: [] });
    });
  },
);

describe('a log of a version without checksums', () => {
  it('has checksums for what is added, and none for what stood there', async () => {
    const file = oldLog('without');
    const store = await SqliteEventStore.open(file);
    await store.append('donation-B', NO_STREAM, batch('new', 1));
    overwrite(file, `UPDATE events SET data = '{"n":2}' WHERE position = 2`);
    expect((await store.readStream('donation-A'))[1]!.data).toEqual({ n: 2 });

    overwrite(file, `UPDATE events SET data = '{"n":2}' WHERE position = 3`);

    await expect(store.readStream('donation-B')).rejects.toThrow(/position 3, version 0 of donation-B, was changed/);
    await store.close();
  });
});

describe('a log of a version with checksums', () => {
  it.each([
    ['an id', `UPDATE events SET id = upper(id) WHERE position = 2`],
    ['a letter moved from one field to the next', `UPDATE events SET type = 'Note', id = id || 'd' WHERE position = 2`],
    ['a checksum', `UPDATE events SET checksum = 0 WHERE position = 2`],
  ])('says damage of what stood there: %s', async (_, change) => {
    const file = oldLog('with');
    overwrite(file, change);
    const reader = new SqliteLogReader(file);

    await expect(reader.readStream('donation-A')).rejects.toThrow(/position 2, version 1 of donation-A, was changed/);
    expect(faultsOfLog(file).faults).toEqual(['the entry at position 2, version 1 of donation-A, was changed']);
    await reader.close();
  });
});
