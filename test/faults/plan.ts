// What eight writers write, whoever runs them and however often: the n-th append of a stream is always the same.
import { NO_STREAM } from '../../src/kernel/event-store.js';
import type { Proposed } from '../../src/kernel/recorded.js';
import { batch } from '../contract/proposed.js';

export const WRITERS = 8;

export interface PlannedAppend {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly Proposed[];
}

/** The n-th append of a writer: one to three events. */
export function planned(writer: number, n: number): PlannedAppend {
  const cycles = Math.floor(n / 3);
  const inCycle = [0, sizeOf(writer, 0), sizeOf(writer, 0) + sizeOf(writer, 1)][n % 3]!;
  const events = batch(`writer-${writer}-append-${n}`, sizeOf(writer, n));
  return { stream: streamOf(writer), expected: NO_STREAM + cycles * 6 + inCycle, events };
}

/** How many appends a stream of so many events holds; nothing when an append stands in part. */
export function appendsIn(writer: number, events: number): number | undefined {
  const within = [0, sizeOf(writer, 0), sizeOf(writer, 0) + sizeOf(writer, 1)].indexOf(events % 6);
  return within < 0 ? undefined : Math.floor(events / 6) * 3 + within;
}

export const streamOf = (writer: number) => `consignment-W${writer}`;

/** 1, 2 and 3 in turn, each writer from another start. */
const sizeOf = (writer: number, n: number) => 1 + ((writer + n) % 3);
