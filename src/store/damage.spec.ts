// store: whatever of an entry is not as it was written is noticed by every read, before anything is made of it.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newFolder } from '../../test/contract/folder.js';
import { overwrite } from '../../test/contract/overwrite.js';
import { batch } from '../../test/contract/proposed.js';
import { NO_STREAM } from '../kernel/event-store.js';
import { DamagedLog } from './damaged-log.js';
import { payloads } from './envelope.js';
import { faultsOfLog } from './log-faults.js';
import { LogWriter } from './log-writer.js';
import { SqliteEventStore } from './sqlite.event-store.js';
import { SqliteLogReader } from './sqlite.log-reader.js';

/** A log with three entries of donation-A and one of donation-B. */
async function filled(): Promise<string> {
  const file = join(newFolder(), 'events.db');
  const store = await SqliteEventStore.open(file);
  await store.append('donation-A', NO_STREAM, batch('one', 3));
  await store.append('donation-B', NO_STREAM, batch('two', 1));
  await store.close();
  return file;
}

const rejection = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an entry', () => {
  it.each([
    [
      'stream',
      `INSERT INTO streams VALUES (3, 'donation-C'); UPDATE events SET stream = 3 WHERE position = 4`,
      'donation-C',
      4,
    ],
    ['stream, which got another name', `UPDATE streams SET name = 'donation-C' WHERE number = 2`, 'donation-C', 4],
    ['version', `UPDATE events SET version = 7 WHERE position = 3`, 'donation-A', 3],
    ['id', `UPDATE events SET id = zeroblob(16) WHERE position = 2`, 'donation-A', 2],
    ['type', `UPDATE events SET type = 'Voted' WHERE position = 2`, 'donation-A', 2],
    ['schema', `UPDATE events SET schema = 0 WHERE position = 2`, 'donation-A', 2],
    ['data', `UPDATE events SET data = '{"n":3}' WHERE position = 2`, 'donation-A', 2],
    ['data, no JSON any more', `UPDATE events SET data = '{"n":' WHERE position = 2`, 'donation-A', 2],
    ['metadata', `UPDATE events SET metadata = replace(metadata, 'u-17', 'u-16') WHERE position = 2`, 'donation-A', 2],
    ['recording time', `UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 2`, 'donation-A', 2],
    ['checksum', `UPDATE events SET checksum = checksum + 1 WHERE position = 2`, 'donation-A', 2],
    [
      'fields, a letter moved from one to the next',
      `UPDATE events SET data = data || substr(metadata, 1, 1), metadata = substr(metadata, 2) WHERE position = 2`,
      'donation-A',
      2,
    ],
  ])('whose %s was changed is damage, said with its place and what to do', async (_, change, stream, position) => {
    const file = await filled();
    overwrite(file, change);
    const reader = new SqliteLogReader(file);

    for (const error of [await rejection(reader.readStream(stream)), await rejection(reader.readAll(0, 10))]) {
      expect(error).toBeInstanceOf(DamagedLog);
      const { message } = error as DamagedLog;
      expect(message).toMatch(
        new RegExp(`^${file} is damaged: the entry at position ${position}, version . of ${stream}`),
      );
      expect(message).toMatch(/Stop the program.*Restore the latest backup.*"relief verify" lists/);
    }
    await reader.close();
  });

  it('that is whole is read, whatever its neighbours in other streams are', async () => {
    const file = await filled();
    overwrite(file, `UPDATE events SET data = '{}' WHERE position = 2`);
    const reader = new SqliteLogReader(file);

    expect(await reader.readStream('donation-B')).toHaveLength(1);
    expect(await reader.readAll(2, 10)).toHaveLength(2);
    await reader.close();
  });
});

describe('a log whose damage was found', () => {
  it('takes no entries any more', async () => {
    const file = await filled();
    overwrite(file, `UPDATE events SET data = '{}' WHERE position = 2`);
    const store = await SqliteEventStore.open(file);
    await store.append('donation-B', 0, batch('before', 1));
    await expect(store.readStream('donation-A')).rejects.toThrow(DamagedLog);

    await expect(store.append('donation-B', 1, batch('behind', 1))).rejects.toThrow(/position 2, .* was changed/);

    expect(await store.readStream('donation-B')).toHaveLength(2);
    await store.close();
  });
});

describe('the last entry', () => {
  it('is looked at before anything is written behind it: its date would spread', async () => {
    const file = await filled();
    overwrite(file, 'UPDATE events SET recorded_at = recorded_at * 2 WHERE position = 4');

    await expect(SqliteEventStore.open(file)).rejects.toThrow(/position 4, version 0 of donation-B, was changed/);
  });
});

describe('an entry that is gone', () => {
  it('is missed in its stream and in the log', async () => {
    const file = await filled();
    overwrite(file, 'DELETE FROM events WHERE position = 2');
    const reader = new SqliteLogReader(file);

    await expect(reader.readStream('donation-A')).rejects.toThrow('version 1 of donation-A is missing');
    await expect(reader.readAll(0, 10)).rejects.toThrow('the entry at position 2 is missing');
    await expect(reader.readAll(1, 1)).rejects.toThrow('the entry at position 2 is missing');
    await reader.close();
  });

  it('at the end of the log is missed when the log is opened', async () => {
    const file = await filled();
    overwrite(file, 'DELETE FROM events WHERE position = 4');

    expect(() => new SqliteLogReader(file)).toThrow(`${file} is damaged: it ends at position 3 and not at 4.`);
    await expect(SqliteEventStore.open(file)).rejects.toThrow(DamagedLog);
  });
});

describe('the name of a log', () => {
  it.each([
    ['was changed', `UPDATE log SET identity = 'another'`],
    ['is gone', 'DELETE FROM log'],
  ])('that %s is damage, never another log', async (_, change) => {
    const file = await filled();
    overwrite(file, change);

    expect(() => new SqliteLogReader(file)).toThrow(DamagedLog);
    await expect(SqliteEventStore.open(file)).rejects.toThrow(DamagedLog);
  });
});

describe('a table that is gone', () => {
  it.each([['events'], ['log'], ['streams']])('is damage, never made anew: %s', async (table) => {
    const file = await filled();
    const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
    db.exec(`DROP TABLE ${table}`);
    db.close();

    await expect(SqliteEventStore.open(file)).rejects.toThrow(/is damaged: its tables are not those of a log/);
    await expect(SqliteEventStore.open(file)).rejects.toBeInstanceOf(DamagedLog);
  });
});

describe('a column that has another name', () => {
  it.each(['id', 'type', 'metadata', 'recorded_at', 'checksum'])(
    'is damage, said with its name: %s',
    async (column) => {
      const file = await filled();
      const db = new DatabaseSync(file);
      db.enableDefensive(false);
      db.exec(`PRAGMA writable_schema = ON;
      UPDATE sqlite_master SET sql = replace(sql, ' ${column} ', ' x${column} ') WHERE name = 'events';
      UPDATE sqlite_master SET sql = replace(sql, 'length(id)', 'length(xid)') WHERE name = 'events' AND '${column}' = 'id'`);
      db.close();
      const said = `${file} is damaged: its tables are not those of a log (events.${column})`;

      expect(() => new SqliteLogReader(file)).toThrow(said);
      await expect(SqliteEventStore.open(file)).rejects.toThrow(said);
    },
  );
});

describe('a stream that is gone', () => {
  it('is missed by whoever reads its entries', async () => {
    const file = await filled();
    overwrite(file, 'DELETE FROM streams WHERE number = 2');
    const reader = new SqliteLogReader(file);

    await expect(reader.readAll(0, 10)).rejects.toThrow('position 4, version 0 of a stream that is gone, was changed');
    await reader.close();
  });
});

/** Makes an index of names hold `key` for each stream; nobody looks through a large file before it is read. */
function index(file: string, name: string, key: string): void {
  const db = new DatabaseSync(file);
  db.enableDefensive(false);
  const kind = name === 'streams_by_name' ? 'UNIQUE INDEX' : 'INDEX';
  db.exec(`DROP INDEX ${name}; CREATE ${kind} ${name} ON streams (${key}); PRAGMA writable_schema = ON;
    UPDATE sqlite_master SET sql = 'CREATE ${kind} ${name} ON streams (name)' WHERE name = '${name}';
    PRAGMA writable_schema = RESET;`);
  db.close();
}

describe('an index of streams', () => {
  it.each([['streams_by_name'], ['streams_by_name_again']])(
    'that lost a stream does not make it look new, to a reader or to the writer: %s',
    async (name) => {
      const file = await filled();
      const writer = new LogWriter(file);
      index(file, name, `name || iif(name = 'donation-A', '!', '')`);
      const reader = new SqliteLogReader(file, 'through');

      expect(await reader.readStream('donation-A')).toHaveLength(3);
      const late = { stream: 'donation-A', expected: NO_STREAM, events: payloads(batch('late', 1)) };
      expect(writer.write([late])).toEqual([{ actual: 2 }]);
      expect(faultsOfLog(file).faults.join()).toMatch(new RegExp(`missing from index ${name}`));
      await reader.close();
      writer.close();
    },
  );

  it('that leads to another stream is damage, and nothing is appended there', async () => {
    const file = await filled();
    const writer = new LogWriter(file);
    index(file, 'streams_by_name', `iif(name = 'donation-A', 'donation-B', 'donation-A')`);
    const reader = new SqliteLogReader(file, 'through');

    await expect(reader.readStream('donation-A')).rejects.toThrow(
      'donation-A is not to be found, donation-B stands in its place',
    );
    const onB = { stream: 'donation-A', expected: 0, events: payloads(batch('astray', 1)) };
    const asNew = { ...onB, expected: NO_STREAM };
    expect(writer.write([onB, asNew])).toEqual([
      { actual: NO_STREAM },
      { failure: expect.objectContaining({ message: expect.stringMatching(/UNIQUE/) }) },
    ]);
    expect(await reader.readAll(0, 10)).toHaveLength(4);
    await reader.close();
    writer.close();
  });
});
