// store: what only the log in SQLite can promise: nothing is changed, no batch is torn, a dead writer is said to be dead.
import { jest } from '@jest/globals';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { newFolder } from '../../test/contract/folder.js';
import { batch, ids, proposed, upTo, whole } from '../../test/contract/proposed.js';
import { NO_STREAM } from '../kernel/event-store.js';
import { loopTurn } from '../kernel/loop-turn.js';
import type { Proposed } from '../kernel/recorded.js';
import { payloads } from './envelope.js';
import { LogWriter } from './log-writer.js';
import { SqliteEventStore } from './sqlite.event-store.js';

const newFile = () => join(newFolder(), 'events.db');

const writerOf = (store: SqliteEventStore) => (store as unknown as { writer: Worker }).writer;

/** Writes to donation-A, as a writer with another clock would. */
function write(file: string, expected: number, event: Proposed, recordedAt: number): void {
  const writer = new LogWriter(file);
  const events = payloads([event]).map((payload) => ({ ...payload, recordedAt }));
  writer.write([{ stream: 'donation-A', expected, events }]);
  writer.close();
}

/** Rejects when `work` takes longer than a person would wait. */
function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It hangs.')), 3_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

describe('the file of the log', () => {
  it.each([
    ['changed', `UPDATE events SET data = '{}'`, /never changed: record a correction/],
    ['changed in place', `UPDATE events SET recorded_at = recorded_at WHERE position = 1`, /never changed/],
    ['replaced', `UPDATE OR REPLACE events SET version = 1 WHERE version = 0`, /never changed/],
    ['deleted', `DELETE FROM events WHERE position = 2`, /never deleted: record a correction/],
    ['emptied', `DELETE FROM events`, /never deleted/],
    ['given to another stream', `UPDATE streams SET name = 'donation-B'`, /streams are never changed/],
    ['left without a stream', `DELETE FROM streams`, /streams are never deleted/],
  ])('refuses that entries are %s, whoever asks', async (_, statement, reason) => {
    const file = newFile();
    const store = await SqliteEventStore.open(file);
    await store.append('donation-A', NO_STREAM, batch('kept', 2));
    const before = await whole(store);
    const stranger = new DatabaseSync(file);

    expect(() => stranger.exec(statement)).toThrow(reason);

    stranger.close();
    expect(await whole(store)).toEqual(before);
    await store.close();
  });

  it('refuses two entries of one version of a stream', async () => {
    const file = newFile();
    const store = await SqliteEventStore.open(file);
    await store.append('donation-A', NO_STREAM, batch('one', 1));
    const stranger = new DatabaseSync(file);
    const copy = `INSERT INTO events (stream, version, id, type, schema, data, metadata, recorded_at, checksum)
      SELECT stream, version, id, type, schema, data, metadata, recorded_at, checksum FROM events`;

    expect(() => stranger.exec(copy)).toThrow(/UNIQUE/);

    stranger.close();
    await store.close();
  });

  it('can be read with other tools: a view says the names of streams, ids and dates in letters', async () => {
    const file = newFile();
    const store = await SqliteEventStore.open(file);
    await store.append('donation-A', NO_STREAM, batch('one', 2));
    await store.append('donation-口罩', NO_STREAM, [proposed('two', 0, { note: 'Grüße' })]);
    const stranger = new DatabaseSync(file, { readOnly: true });

    const seen = stranger.prepare('SELECT * FROM entries ORDER BY position').all();

    const entries = await whole(store);
    expect(
      seen.map(({ position, stream, version, id, type, schema, recorded_at }) => {
        return { position, stream, version, id, type, schema, recordedAt: recorded_at };
      }),
    ).toEqual(
      entries.map(({ position, stream, version, id, type, schema, recordedAt }) => {
        return { position, stream, version, id, type, schema, recordedAt };
      }),
    );
    expect(seen.map(({ data }) => JSON.parse(String(data)))).toEqual(entries.map(({ data }) => data));
    stranger.close();
    await store.close();
  });

  it('takes ids that it gives back as they were, and no others', async () => {
    const store = await SqliteEventStore.open(newFile());
    for (const id of [proposed('one').id.toUpperCase(), proposed('one').id.replaceAll('-', ''), 'one', ''])
      await expect(store.append('donation-A', NO_STREAM, [{ ...proposed('one'), id }])).rejects.toThrow(
        /must be a UUID/,
      );

    expect(await store.append('donation-A', NO_STREAM, batch('one', 1))).toEqual({ version: 0, position: 1 });
    await store.close();
  });

  it('goes on from the date of its last entry when the clock of the machine was put back', async () => {
    const file = newFile();
    const first = await SqliteEventStore.open(file);
    await first.append('donation-A', NO_STREAM, batch('one', 1));
    await first.close();
    const ahead = Date.now() + 3_600_000;
    write(file, 0, proposed('ahead'), ahead);

    const store = await SqliteEventStore.open(file);
    await store.append('donation-A', 1, batch('two', 1));

    expect((await whole(store)).slice(1).map(({ recordedAt }) => Date.parse(recordedAt))).toEqual([ahead, ahead]);
    await store.close();
  });

  it('cannot be one that is no database', async () => {
    await expect(SqliteEventStore.open(newFolder())).rejects.toThrow(/unable to open/);
  });
});

describe('an append that the file refuses in the middle of a batch', () => {
  /** The table takes whole schema numbers only. */
  const refused = { ...proposed('refused', 1), schema: 1.5 };

  it('writes nothing of the batch, and leaves its neighbours alone', async () => {
    const store = await SqliteEventStore.open(newFile());

    const results = await Promise.allSettled([
      store.append('donation-A', NO_STREAM, batch('before', 2)),
      store.append('donation-B', NO_STREAM, [proposed('refused', 0), refused, proposed('refused', 2)]),
      store.append('donation-C', NO_STREAM, batch('behind', 2)),
    ]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await store.readStream('donation-B')).toEqual([]);
    expect(ids(await whole(store))).toEqual(ids([...batch('before', 2), ...batch('behind', 2)]));
    expect(await store.append('donation-B', NO_STREAM, batch('again', 1))).toMatchObject({ version: 0 });
    await store.close();
  });
});

describe('many appends that one flush took', () => {
  const many = upTo(100);

  /** Each look at the clock finds it so much later, as if whoever is answered worked long. */
  const everyLookTakes = (milliseconds: number) => {
    let now = 0;
    return jest.spyOn(performance, 'now').mockImplementation(() => (now += milliseconds));
  };

  /** For longer than the writer takes to end. */
  const takeManyTurns = () => {
    upTo(40).forEach(() => void loopTurn().then(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)));
  };

  it('are answered in the order in which they were asked, and whoever follows the log hears of the first ones before', async () => {
    const store = await SqliteEventStore.open(newFile());
    const clock = everyLookTakes(10);
    const seen: (number | 'woken')[] = [];
    store.onAppended(() => seen.push('woken'));

    await Promise.all(
      many.map((nth) => store.append(`donation-${nth}`, NO_STREAM, batch(`${nth}`, 1)).then(() => seen.push(nth))),
    );

    clock.mockRestore();
    await store.close();
    expect(seen.filter((each) => each !== 'woken')).toEqual(many);
    expect(seen.indexOf('woken')).toBeLessThan(seen.indexOf(99));
  });

  it('are all answered before the log is closed', async () => {
    const store = await SqliteEventStore.open(newFile());
    const clock = everyLookTakes(10);
    const answered: number[] = [];
    const appends = many.map((nth) =>
      store.append(`donation-${nth}`, NO_STREAM, batch(`${nth}`, 1)).then(() => answered.push(nth)),
    );
    void appends[0]!.then(takeManyTurns);

    await store.close();

    clock.mockRestore();
    expect(answered).toEqual(many);
    await Promise.all(appends);
  });
});

describe('the log when its writer dies', () => {
  it('rejects what waits and what comes, and still can be read', async () => {
    const store = await SqliteEventStore.open(newFile());
    await store.append('donation-A', NO_STREAM, batch('kept', 1));
    const waiting = Promise.allSettled(
      upTo(50).map((n) => store.append(`donation-${n}`, NO_STREAM, batch(`writer-${n}`, 1))),
    );
    void writerOf(store).terminate();

    const results = await inTime(waiting);

    const answered = results.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
    for (const n of answered) expect(await store.readStream(`donation-${n}`)).toHaveLength(1);
    await expect(inTime(store.append('donation-A', 0, batch('late', 1)))).rejects.toThrow(
      /writer of the log has stopped/,
    );
    expect(await store.readStream('donation-A')).toHaveLength(1);
  });

  it('rejects with what the writer died of', async () => {
    const store = await SqliteEventStore.open(newFile());
    writerOf(store).emit('error', new Error('The disk is gone.'));

    await expect(store.append('donation-A', NO_STREAM, batch('late', 1))).rejects.toThrow('The disk is gone.');
    await writerOf(store).terminate();
  });

  it('rejects appends after it was closed', async () => {
    const store = await SqliteEventStore.open(newFile());
    await store.close();

    await expect(inTime(store.append('donation-A', NO_STREAM, batch('late', 1)))).rejects.toThrow(/has stopped/);
  });

  it('rejects or answers appends that come while it closes', async () => {
    const store = await SqliteEventStore.open(newFile());
    const closed = store.close();
    const late = store.append('donation-A', NO_STREAM, batch('late', 1));

    await inTime(Promise.allSettled([closed, late]));
  });
});
