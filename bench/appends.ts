// bench: what writers append, the same for every contender.
import type { Proposed } from '../src/kernel/recorded.ts';
import type { Stream } from './story.ts';
import { quantile, seconds, type Figures } from './trial.ts';
import { EVENTS_A_STREAM, Workload } from './workload.ts';

export const WRITERS = 200;
export const STREAMS_A_TRANSACTION = 500;

export interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly Proposed[];
}

/** Histories with `events` events in all. */
export function streamsOf(seed: number, events: number): Stream[] {
  const workload = new Workload(seed, events / EVENTS_A_STREAM);
  return Array.from({ length: events / EVENTS_A_STREAM }, (_, index) => workload.history(index));
}

/** One append per event, stream by stream. */
export function singles(streams: readonly Stream[]): Append[] {
  return streams.flatMap(({ stream, events }) =>
    events.map((event, index) => ({ stream, expected: index - 1, events: [event] })),
  );
}

/** Writers that each wait for their answer before they go on; each has streams of its own. */
export async function closedLoop(
  writers: number,
  appends: readonly Append[],
  append: (stream: string, expected: number, events: readonly Proposed[]) => Promise<unknown>,
): Promise<Figures> {
  const latencies: number[] = [];
  const streams = Array.from({ length: appends.length / EVENTS_A_STREAM }, (_, index) => index);
  const write = async () => {
    for (let mine = streams.pop(); mine !== undefined; mine = streams.pop()) {
      for (const { stream, expected, events } of appends.slice(mine * EVENTS_A_STREAM, (mine + 1) * EVENTS_A_STREAM)) {
        const start = performance.now();
        await append(stream, expected, events);
        latencies.push(performance.now() - start);
      }
    }
  };
  const took = await seconds(() => Promise.all(Array.from({ length: writers }, write)));
  return { perSecond: appends.length / took, ...percentiles(latencies) };
}

export function percentiles(latencies: readonly number[]): { p50: number; p99: number } {
  const sorted = latencies.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
