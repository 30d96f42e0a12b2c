// bench, peers: appends of one writer and of many writers through Emmett's SQLite store.
import { join } from 'node:path';
import type { Proposed } from '../../src/kernel/recorded.ts';
import { closedLoop, singles, streamsOf, WRITERS } from '../appends.ts';
import { demandSlow } from '../slow-disk.ts';
import { mustBe } from '../totals.ts';
import { seconds, type Trial } from '../trial.ts';
import { openEmmett, toldToEmmett, type Emmett } from './emmett-store.ts';

export const oneWriter: Trial = async ({ folder, seed, peers }) => {
  const emmett = await openEmmett(join(folder, 'emmett.db'));
  const appends = singles(streamsOf(seed, peers));
  const took = await seconds(async () => {
    for (const { stream, expected, events } of appends) await append(emmett, stream, expected, events);
  });
  mustBe('Number of events', appends.length, await emmett.count());
  await emmett.close();
  return { perSecond: appends.length / took };
};

export const manyWriters: Trial = async ({ folder, seed, peers }) => {
  const emmett = await openEmmett(join(folder, 'emmett.db'));
  const appends = singles(streamsOf(seed, peers));
  const figures = await closedLoop(WRITERS, appends, (stream, expected, events) =>
    append(emmett, stream, expected, events),
  );
  mustBe('Number of events', appends.length, await emmett.count());
  await emmett.close();
  // It flushes for each append, however many wait.
  demandSlow(figures['perSecond']!);
  return figures;
};

/** Emmett counts the events of a stream from 1; 0 is a stream that must not exist yet. */
export function append({ store }: Emmett, stream: string, expected: number, events: readonly Proposed[]) {
  return store.appendToStream(stream, events.map(toldToEmmett), { expectedStreamVersion: BigInt(expected + 1) });
}
