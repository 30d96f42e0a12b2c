// kernel: the log, as everybody else sees it.
import type { Proposed, Recorded } from './recorded.js';

/** Expected version of a stream that must not exist yet. */
export const NO_STREAM = -1;

export interface Appended {
  /** Version of the last event of this append. */
  readonly version: number;
  readonly position: number;
}

/**
 * Three verbs, a question and a wake-up. Each sentence is a promise and a test of the contract suite.
 * Positions rise strictly, in the order in which appends became visible, and nothing is ever filled in behind a reader.
 */
export interface EventStore {
  /** All facts of a stream in order; an unknown stream is empty. */
  readStream(stream: string): Promise<Recorded[]>;

  /**
   * Appends all events or none, durably, before it answers.
   * Throws `Conflict` when the stream is not at `expected`, unless exactly these event ids already stand
   * right behind `expected`: then it answers as it did the first time.
   * Throws `Invalid` before any writing for an empty list or a payload that JSON cannot carry, and `Unavailable` when
   * it cannot tell whether the events were taken: the same append may be made again and is then taken once.
   */
  append(stream: string, expected: number, events: readonly Proposed[]): Promise<Appended>;

  /** `limit` facts of the whole log behind position `after`, in order, fewer only where it ends; 0 reads from the start. */
  readAll(after: number, limit: number): Promise<Recorded[]>;

  /** Position of the last fact of the log; 0 while there is none. Whatever was answered before the call is included. */
  reached(): Promise<number>;

  /** Calls `wake` after appends became visible, at least once for any number of them. Returns the way to stop. */
  onAppended(wake: () => void): () => void;

  /** A name this log keeps for life: views refuse to go on with another one. */
  identity(): string;

  /**
   * True when `recordedAt` never goes back from one position to the next. False when several servers stamp it, each by
   * its own clock: then only positions say what came first.
   */
  readonly datesRise: boolean;

  close(): Promise<void>;
}
