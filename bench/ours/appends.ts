// bench, ours: appends through the event store of the house.
import { join } from 'node:path';
import { closedLoop, singles, streamsOf, STREAMS_A_TRANSACTION, WRITERS } from '../appends.ts';
import * as built from '../built.ts';
import { appendStreams } from '../history.ts';
import type { Stream } from '../story.ts';
import { mustBe } from '../totals.ts';
import { seconds, type Trial } from '../trial.ts';
import { EVENTS_A_STREAM } from '../workload.ts';

type Store = Awaited<ReturnType<typeof open>>;

export const oneWriter: Trial = async ({ folder, seed, sequential }) => {
  const store = await open(folder);
  const streams = streamsOf(seed, sequential);
  const took = await seconds(async () => {
    for (const { stream, expected, events } of singles(streams)) await store.append(stream, expected, events);
  });
  await check(store, streams);
  return { perSecond: sequential / took };
};

export const manyWriters: Trial = async ({ folder, seed, concurrent }) => {
  const store = await open(folder);
  const streams = streamsOf(seed, concurrent);
  const figures = await closedLoop(WRITERS, singles(streams), (stream, expected, events) =>
    store.append(stream, expected, events),
  );
  await check(store, streams);
  return figures;
};

/** Whole streams, many under way at a time. */
export const bulk: Trial = async ({ folder, seed, bulk }) => {
  const store = await open(folder);
  const streams = streamsOf(seed, bulk);
  const took = await seconds(async () => {
    for (let from = 0; from < streams.length; from += STREAMS_A_TRANSACTION) {
      await appendStreams(store, streams.slice(from, from + STREAMS_A_TRANSACTION));
    }
  });
  await check(store, streams);
  return { perSecond: bulk / took };
};

async function open(folder: string) {
  const { SqliteEventStore } = await built.eventStore();
  return SqliteEventStore.open(join(folder, 'events.db'));
}

/** Everything is there once, and a stream reads as it was written. */
async function check(store: Store, streams: readonly Stream[]): Promise<void> {
  let [after, count] = [0, 0];
  for (let page = await store.readAll(after, 1_000); page.length > 0; page = await store.readAll(after, 1_000)) {
    after = page.at(-1)!.position;
    count += page.length;
  }
  mustBe('Number of events', streams.length * EVENTS_A_STREAM, count);
  for (const { stream, events } of [streams[0]!, streams.at(-1)!]) {
    const stored = await store.readStream(stream);
    const same = stored.every(({ id, data }, index) => {
      return id === events[index]!.id && JSON.stringify(data) === JSON.stringify(events[index]!.data);
    });
    if (!same || stored.length !== events.length) throw new Error(`${stream} does not read as it was written.`);
  }
  await store.close();
}
