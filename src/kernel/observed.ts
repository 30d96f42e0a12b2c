// kernel: the log, with somebody who counts what is appended to it.
import { Conflict, ReliefError } from './errors.js';
import type { EventStore } from './event-store.js';

export const APPEND_RESULTS = ['appended', 'conflict', 'unavailable', 'failed'] as const;

export type AppendResult = (typeof APPEND_RESULTS)[number];

/** Whoever counts; it must not throw, and is never waited for. */
export interface AppendObserver {
  /** An append begins. The answer is called once, when it has ended, with how many events were taken. */
  appending(): (result: AppendResult, events: number) => void;
}

/** The same store; the observer hears of every append. */
export function observed(store: EventStore, observer: AppendObserver): EventStore {
  return {
    readStream: (stream) => store.readStream(stream),
    readAll: (after, limit) => store.readAll(after, limit),
    append: async (stream, expected, events) => {
      const ended = observer.appending();
      try {
        const appended = await store.append(stream, expected, events);
        ended('appended', events.length);
        return appended;
      } catch (error) {
        ended(resultOf(error), 0);
        throw error;
      }
    },
    onAppended: (wake) => store.onAppended(wake),
    reached: () => store.reached(),
    identity: () => store.identity(),
    datesRise: store.datesRise,
    close: () => store.close(),
  };
}

function resultOf(error: unknown): AppendResult {
  if (error instanceof Conflict) return 'conflict';
  return isUnavailable(error) ? 'unavailable' : 'failed';
}

/** True for an error that says: the log cannot be reached, try again later. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof ReliefError && error.status === 503;
}
