// store: a log in another store, the same entry by entry.
import { EventStoreServer } from '../../test/support/esdb/server.js';
import { batch, ids, proposed, rising, upTo, whole } from '../../test/contract/proposed.js';
import { newFolder } from '../../test/contract/folder.js';
import { join } from 'node:path';
import type { EventStore } from '../kernel/event-store.js';
import { NO_STREAM } from '../kernel/event-store.js';
import { copyLog, NotACopy } from './copy.js';
import { EventStoreDbEventStore } from './eventstoredb.event-store.js';
import { MemoryEventStore } from './memory.event-store.js';
import { SqliteEventStore } from './sqlite.event-store.js';

let server: EventStoreServer;
const opened: EventStore[] = [];

beforeAll(async () => void (server = await EventStoreServer.start({ statsEvery: 3 })));
afterAll(() => server.stop());
afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

const kept = <S extends EventStore>(store: S) => (opened.push(store), store);
const inFolder = async (folder = newFolder()) => kept(await SqliteEventStore.open(join(folder, 'events.db')));

/** A log that says everything an entry can say, streams in turns and side by side. */
async function written(store: EventStore): Promise<EventStore> {
  const stated = { ...proposed('stated'), correlationId: 'a journey', reportedAt: '2020-03-17T08:00:00+01:00' };
  await store.append('donation-A', NO_STREAM, [stated, ...batch('more', 2)]);
  await store.append('donation-口罩', NO_STREAM, [proposed('words', 0, { note: '😷 “Grüße”' })]);
  for (const n of upTo(30)) await store.append(`hub-${n % 3}`, Math.floor(n / 3) - 1, batch(`turn ${n}`, 1));
  return store;
}

const withoutPositions = async (store: EventStore) => (await whole(store)).map(({ position: _, ...entry }) => entry);

describe('a log that is copied', () => {
  it('to an event store and back is the same in every field but its positions and its name', async () => {
    const there = kept(await EventStoreDbEventStore.open(server.connectionString));
    const from = await written(await inFolder());
    const back = await inFolder();

    expect(await copyLog(from, there)).toEqual({ entries: 34, found: 0 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await copyLog(there, back)).toEqual({ entries: 34, found: 0 });

    const original = await withoutPositions(from);
    expect(await withoutPositions(there)).toEqual(original);
    expect(await withoutPositions(back)).toEqual(original);
    expect(rising((await whole(back)).map(({ position }) => position))).toBe(true);
    expect(new Set([from, there, back].map((log) => log.identity())).size).toBe(3);
  });

  it.each([0, 1, 3, 4, 20, 33])('goes on where it was ended, behind %d entries', async (done) => {
    const from = await written(new MemoryEventStore());
    const to = new MemoryEventStore();
    const ended = { ...to, readAll: to.readAll.bind(to), append: to.append.bind(to) };
    let left = done;
    ended.append = async (...append) => {
      if ((left -= append[2].length) < 0) throw new Error('The line is gone.');
      return to.append(...append);
    };
    await expect(copyLog(from, ended)).rejects.toThrow('The line is gone.');
    const before = (await whole(to)).length;

    expect(await copyLog(from, to)).toEqual({ entries: 34, found: before });
    expect(await withoutPositions(to)).toEqual(await withoutPositions(from));
  });

  it('gets what its source got since, when it is copied again', async () => {
    const from = await written(new MemoryEventStore());
    const to = new MemoryEventStore();
    await copyLog(from, to);
    await from.append('donation-A', 2, batch('later', 2));

    expect(await copyLog(from, to)).toEqual({ entries: 36, found: 34 });
    expect(ids(await whole(to))).toEqual(ids(await whole(from)));
  });

  it('of nothing is nothing', async () => {
    expect(await copyLog(new MemoryEventStore(), new MemoryEventStore())).toEqual({ entries: 0, found: 0 });
  });
});

describe('a target that holds something else', () => {
  it.each([
    ['another log', async (to: EventStore) => to.append('donation-B', NO_STREAM, batch('other', 1)), /donation-B/],
    [
      'the same entries, recorded at another time',
      async (to: EventStore) => {
        const { correlationId: _, ...first } = { ...proposed('stated'), reportedAt: '2020-03-17T08:00:00+01:00' };
        await to.append('donation-A', NO_STREAM, [{ ...first, correlationId: 'a journey' }]);
      },
      /recordedAt differ/,
    ],
  ])('is refused and left alone: %s', async (_, fill, reason) => {
    const from = await written(new MemoryEventStore({ now: () => new Date('2020-03-18T00:00:00Z') }));
    const to = new MemoryEventStore();
    await fill(to);
    const before = await whole(to);

    await expect(copyLog(from, to)).rejects.toThrow(NotACopy);
    await expect(copyLog(from, to)).rejects.toThrow(reason);
    expect(await whole(to)).toEqual(before);
  });

  it('is refused when it holds more than the source', async () => {
    const from = await written(new MemoryEventStore());
    const to = new MemoryEventStore();
    await copyLog(from, to);
    await to.append('donation-A', 2, batch('its own', 1));

    await expect(copyLog(from, to)).rejects.toThrow(/which the source does not/);
  });
});
