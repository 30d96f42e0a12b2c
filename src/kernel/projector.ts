// kernel: carries facts from the log to the views, in order, exactly once.
import { isCorrection } from './corrections.js';
import type { EventStore } from './event-store.js';
import type { Fact, Recorded } from './recorded.js';

const PAGE = 1_000;
const NAP_MS = 20;

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export interface Checkpoint {
  readonly position: number;
  /** How many entries of the log lie at or before the position. */
  readonly events: number;
}

/** An entry on its way to a view; a correction brings the history of its stream, itself last. */
export interface Delivered {
  readonly entry: Recorded;
  readonly history?: readonly Recorded[];
}

/** Where views live. */
export interface Projection {
  checkpoint(): Checkpoint;
  /** Applies the page and moves the checkpoint in one transaction: all of it or nothing. */
  apply(page: readonly Delivered[]): void;
}

/** Drives one projection. An entry that cannot be applied stops it, loudly; nothing is ever skipped. */
export class Projector {
  private failure: Error | undefined;
  private running: Promise<void> | undefined;
  private wanted = false;
  private stopped = false;
  /** Since when the log has had entries that the views lack. */
  private unreadSince: number | undefined;
  /** When the log first told of entries that the last read may have come too early for. */
  private toldSince: number | undefined;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly store: EventStore,
    private readonly projection: Projection,
  ) {
    this.unsubscribe = store.onAppended(() => {
      this.toldSince ??= performance.now();
      this.unreadSince ??= this.toldSince;
      this.wake();
    });
  }

  /** Starts following the log; answers at once. */
  wake(): void {
    this.wanted = true;
    this.running ??= this.follow().finally(() => {
      this.running = undefined;
      if (this.wanted && !this.stopped && !this.failure) this.wake();
    });
  }

  /** Waits until the views hold everything the log held when this was called. Throws what stopped the projector. */
  async catchUp(onProgress?: (checkpoint: Checkpoint) => void): Promise<void> {
    this.retry();
    for (;;) {
      const before = this.projection.checkpoint().position;
      this.wake();
      await this.running;
      if (this.failure) throw this.failure;
      const reached = this.projection.checkpoint();
      onProgress?.(reached);
      if (reached.position === before) return;
    }
  }

  /** True when the views include `position` within `milliseconds`. */
  async waitFor(position: number, milliseconds: number): Promise<boolean> {
    const deadline = performance.now() + milliseconds;
    while (this.projection.checkpoint().position < position) {
      if (this.failure) throw this.failure;
      if (performance.now() > deadline) return false;
      this.wake();
      await Promise.race([this.running, pause(NAP_MS)]);
      if (this.projection.checkpoint().position < position) await pause(1);
    }
    return true;
  }

  get checkpoint(): Checkpoint {
    return this.projection.checkpoint();
  }

  get failedWith(): Error | undefined {
    return this.failure;
  }

  /** For how many milliseconds the views have known of entries that they do not hold yet; 0 when they hold them all. */
  get behindMs(): number {
    return this.unreadSince === undefined ? 0 : performance.now() - this.unreadSince;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.unsubscribe();
    await this.running;
  }

  private retry(): void {
    this.failure = undefined;
  }

  private async follow(): Promise<void> {
    while (this.wanted && !this.stopped && !this.failure) {
      this.wanted = false;
      try {
        while (!this.stopped && (await this.nextPage()));
      } catch (error) {
        this.failure = error instanceof Error ? error : new Error(String(error));
      }
    }
  }

  private async nextPage(): Promise<boolean> {
    const began = performance.now();
    this.toldSince = undefined;
    const entries = await this.store.readAll(this.projection.checkpoint().position, PAGE);
    if (entries.length === 0) {
      this.unreadSince = this.toldSince;
      return false;
    }
    this.unreadSince ??= began;
    const page: Delivered[] = [];
    for (const entry of entries) page.push(await withHistory(this.store, entry));
    this.projection.apply(page);
    // A page that is not full ended where the log ended when it was read.
    if (entries.length < PAGE) this.unreadSince = this.toldSince;
    await new Promise((resolve) => setImmediate(resolve));
    return true;
  }
}

/** The entry as a view wants it: a correction with the history of its stream, up to itself. */
export async function withHistory(store: Pick<EventStore, 'readStream'>, entry: Recorded): Promise<Delivered> {
  if (!isCorrection<Fact>(entry)) return { entry };
  const stream = await store.readStream(entry.stream);
  return { entry, history: stream.filter(({ version }) => version <= entry.version) };
}
