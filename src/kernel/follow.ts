// kernel: carries facts from the log to the views, in order, exactly once.
import { withHistories, type Delivered } from './delivered.js';
import type { EventStore } from './event-store.js';

/** Entries read at a time: they are forgotten soon, and what they come to is written once for all of them. */
export const PAGE = 1_000;

export interface Checkpoint {
  readonly position: number;
  /** How many entries of the log lie at or before the position. */
  readonly events: number;
}

/** Where views live. */
export interface Projection {
  checkpoint(): Checkpoint;
  /** Applies the page and moves the checkpoint: all of it or nothing. */
  apply(page: readonly Delivered[]): void;
}

/** Reads in today's shapes. */
export type ReadableLog = Pick<EventStore, 'readStream' | 'readAll'>;

export interface Way {
  /** Position of the last entry to apply; the end of the log when nothing is said. */
  readonly upTo?: number;
  /** Called behind each page. */
  readonly onPage?: () => void | Promise<void>;
  /** Asked before each page. */
  readonly mayGoOn?: () => boolean;
}

/**
 * Brings views to the end of the log: they hold at least what it held when this was called. Throws whatever reading or
 * applying throws; nothing is skipped.
 */
export async function follow(log: ReadableLog, views: Projection, way: Way = {}): Promise<void> {
  const { upTo = Infinity, onPage, mayGoOn } = way;
  while (mayGoOn?.() ?? true) {
    const entries = await log.readAll(views.checkpoint().position, PAGE);
    const page = entries.filter(({ position }) => position <= upTo);
    if (page.length > 0) {
      views.apply(await withHistories(log, page));
      await onPage?.();
    }
    // A page that is not full ends where the log ended when it was read.
    if (page.length < PAGE) return;
  }
}
