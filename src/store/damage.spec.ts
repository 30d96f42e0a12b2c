// store: whatever of an entry is not as it was written is noticed by every read, before anything is made of it.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newFolder } from '../../test/contract/folder.js';
import { batch } from '../../test/contract/proposed.js';
import { NO_STREAM } from '../kernel/event-store.js';
import { DamagedLog } from './damaged-log.js';
import { SqliteEventStore, SqliteLogReader } from './sqlite.event-store.js';

/** A log with three entries of donation-A and one of donation-B. */
async function filled(): Promise<string> {
  const file = join(newFolder(), 'events.db');
  const store = await SqliteEventStore.open(file);
  await store.append('donation-A', NO_STREAM, batch('one', 3));
  await store.append('donation-B', NO_STREAM, batch('two', 1));
  await store.close();
  return file;
}

/** Past the triggers, as a fault of the disk would. */
function overwrite(file: string, change: string): void {
  const db = new DatabaseSync(file);
  const triggers = db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  db.exec(change);
  for (const { sql } of triggers) db.exec(String(sql));
  db.close();
}

const rejection = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an entry', () => {
  it.each([
    ['stream', `UPDATE events SET stream = 'donation-C' WHERE position = 4`, 'donation-C', 4],
    ['version', `UPDATE events SET version = 7 WHERE position = 3`, 'donation-A', 3],
    ['id', `UPDATE events SET id = upper(id) WHERE position = 2`, 'donation-A', 2],
    ['type', `UPDATE events SET type = 'Voted' WHERE position = 2`, 'donation-A', 2],
    ['schema', `UPDATE events SET schema = 0 WHERE position = 2`, 'donation-A', 2],
    ['data', `UPDATE events SET data = '{"n":3}' WHERE position = 2`, 'donation-A', 2],
    ['data, no JSON any more', `UPDATE events SET data = '{"n":' WHERE position = 2`, 'donation-A', 2],
    ['metadata', `UPDATE events SET metadata = replace(metadata, 'u-17', 'u-16') WHERE position = 2`, 'donation-A', 2],
    ['recording time', `UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 2`, 'donation-A', 2],
    ['checksum', `UPDATE events SET checksum = checksum + 1 WHERE position = 2`, 'donation-A', 2],
    [
      'fields, a letter moved from one to the next',
      `UPDATE events SET type = 'Note', id = id || 'd' WHERE position = 2`,
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
  it.each([['events'], ['log']])('is damage, never made anew: %s', async (table) => {
    const file = await filled();
    const db = new DatabaseSync(file);
    db.exec(`DROP TABLE ${table}`);
    db.close();

    await expect(SqliteEventStore.open(file)).rejects.toThrow(/is damaged: its tables are not those of a log/);
    await expect(SqliteEventStore.open(file)).rejects.toBeInstanceOf(DamagedLog);
  });
});
