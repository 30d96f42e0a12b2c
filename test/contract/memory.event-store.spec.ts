// The log in memory keeps the promises of the port, also on the ground of another log.
import { NO_STREAM } from '../../src/kernel/event-store.js';
import { MemoryEventStore } from '../../src/store/memory.event-store.js';
import { promises } from './event-store.contract.js';
import { batch, ids, upTo, whole } from './proposed.js';

promises('memory', async () => ({ store: new MemoryEventStore() }));

promises('memory, on the ground of an empty log', async () => {
  const store = new MemoryEventStore();
  return { store: new MemoryEventStore(undefined, { store, head: 0 }) };
});

describe('a log in memory whose clock steps back', () => {
  it('never dates an entry before the one in front of it', async () => {
    const times = [
      '2020-03-16T12:00:00.500Z',
      '2020-03-16T11:59:58.000Z',
      '2020-03-16T12:00:00.400Z',
      '2020-03-16T12:00:01.000Z',
    ];
    const store = new MemoryEventStore({ now: () => new Date(times.shift()!) });
    for (const version of upTo(4)) await store.append('donation-A', version - 1, batch(`write-${version}`, 1));

    expect((await whole(store)).map(({ recordedAt }) => recordedAt)).toEqual([
      '2020-03-16T12:00:00.500Z',
      '2020-03-16T12:00:00.500Z',
      '2020-03-16T12:00:00.500Z',
      '2020-03-16T12:00:01.000Z',
    ]);
  });
});

describe('a log in memory on the ground of another log', () => {
  const grounded = async () => {
    const ground = new MemoryEventStore();
    await ground.append('donation-A', NO_STREAM, batch('below', 3));
    await ground.append('donation-B', NO_STREAM, batch('beside', 1));
    return { ground, store: new MemoryEventStore(undefined, { store: ground, head: 4 }) };
  };

  it('reads on from the ground without a seam, and writes nothing into it', async () => {
    const { ground, store } = await grounded();
    const all = [...batch('below', 3), ...batch('beside', 1), ...batch('above', 2)];

    expect(await store.append('donation-A', 2, batch('above', 2))).toEqual({ version: 4, position: 6 });

    for (const page of [1, 3, 4, 5, 100]) expect(ids(await whole(store, page))).toEqual(ids(all));
    expect(await store.readAll(1, 4)).toHaveLength(4);
    expect((await store.readStream('donation-A')).map(({ version }) => version)).toEqual([0, 1, 2, 3, 4]);
    expect(await whole(ground)).toHaveLength(4);
    expect(store.identity()).toBe(ground.identity());
  });

  it('knows the versions and the repeats of the ground', async () => {
    const { store } = await grounded();

    await expect(store.append('donation-A', NO_STREAM, batch('late', 1))).rejects.toMatchObject({
      expected: NO_STREAM,
      actual: 2,
    });
    expect(await store.append('donation-A', NO_STREAM, batch('below', 3))).toEqual({ version: 2, position: 3 });
    expect(await whole(store)).toHaveLength(4);
  });
});
