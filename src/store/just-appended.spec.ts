import { join } from 'node:path';
import { newFolder } from '../../test/contract/folder.js';
import { batch, proposed, upTo } from '../../test/contract/proposed.js';
import { NO_STREAM } from '../kernel/event-store.js';
import { payloads } from './envelope.js';
import { JustAppended } from './just-appended.js';
import { SqliteEventStore } from './sqlite.event-store.js';
import { SqliteLogReader } from './sqlite.log-reader.js';

const AT = Date.parse('2020-04-01T08:00:00Z');

const request = (stream: string, expected: number, size: number) => {
  return { stream, expected, events: payloads(batch(`${stream} ${expected}`, size)) };
};

const long = (nth: number, letters: number, size = 1) => {
  const data = { note: 'x'.repeat(letters) };
  const events = payloads(upTo(size).map((index) => proposed(`long ${nth}`, index, data)));
  return { stream: `donation-${nth}`, expected: NO_STREAM, events };
};

const positions = (entries: readonly { readonly position: number }[] | undefined) =>
  entries?.map(({ position }) => position);

describe('entries that were just appended', () => {
  it('are given as the file would give them back', async () => {
    const file = join(newFolder(), 'events.db');
    const store = await SqliteEventStore.open(file);
    await store.append('donation-A', NO_STREAM, batch('A', 3));
    const [stated] = batch('B', 1);
    await store.append('donation-B', NO_STREAM, [{ ...stated!, recordedAt: '2020-04-02T09:30:00.000Z' }]);

    const reader = new SqliteLogReader(file);
    expect(await store.readAll(0, 10)).toEqual(await reader.readAll(0, 10));
    await reader.close();
    await store.close();
  });

  it('are given from behind a position, also in the middle of an append, and no more than asked for', () => {
    const just = new JustAppended(8);
    just.add(request('donation-A', NO_STREAM, 3), 10, AT);
    just.add(request('donation-B', 4, 2), 12, AT);
    expect(positions(just.behind(8, 2))).toEqual([9, 10]);
    expect(just.behind(10, 10)).toMatchObject([
      { stream: 'donation-B', version: 5, position: 11, recordedAt: '2020-04-01T08:00:00.000Z' },
      { stream: 'donation-B', version: 6, position: 12 },
    ]);
  });

  it('are not at hand when some before them are not', () => {
    const just = new JustAppended(8);
    just.add(request('donation-A', NO_STREAM, 1), 8, AT);
    expect(just.behind(6, 10)).toBeUndefined();
    expect(positions(just.behind(7, 10))).toEqual([8]);
  });

  it('are not at hand any more for who comes back, and there are none behind the last', () => {
    const just = new JustAppended(1);
    just.add(request('donation-A', NO_STREAM, 2), 2, AT);
    just.add(request('donation-A', 1, 1), 3, AT);
    expect(positions(just.behind(2, 10))).toEqual([3]);
    expect(just.behind(0, 10)).toBeUndefined();
    expect(just.behind(3, 10)).toBeUndefined();
  });

  it('leave out an append that had been made before and was only answered again', () => {
    const just = new JustAppended(8);
    just.add(request('donation-A', NO_STREAM, 2), 4, AT);
    expect(just.behind(2, 10)).toBeUndefined();
    just.add(request('donation-B', NO_STREAM, 1), 8, AT);
    just.add(request('donation-B', NO_STREAM, 1), 8, AT);
    expect(positions(just.behind(7, 10))).toEqual([8]);
  });

  it('begin anew behind entries that somebody else wrote', () => {
    const just = new JustAppended(1);
    just.add(request('donation-A', NO_STREAM, 1), 1, AT);
    just.add(request('donation-A', 0, 1), 3, AT);
    expect(just.behind(0, 10)).toBeUndefined();
    expect(positions(just.behind(2, 10))).toEqual([3]);
  });

  it('are held up to so many letters, the latest of them', () => {
    const just = new JustAppended(1);
    for (const nth of [0, 1, 2]) just.add(long(nth, 900_000), nth + 1, AT);
    expect(just.behind(0, 10)).toBeUndefined();
    expect(positions(just.behind(2, 10))).toEqual([3]);
  });

  it('are not held when one append is longer than that', () => {
    const just = new JustAppended(1);
    just.add(long(0, 500_000, 5), 5, AT);
    expect(just.behind(0, 10)).toBeUndefined();
    just.add(request('donation-B', NO_STREAM, 1), 6, AT);
    expect(just.behind(0, 10)).toBeUndefined();
    expect(positions(just.behind(5, 10))).toEqual([6]);
  });
});
