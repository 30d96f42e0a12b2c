// kernel: carries facts from the log to the views, in order, exactly once.
import { setTimeout as pause } from 'node:timers/promises';
import { withHistories, type Delivered } from './delivered.js';
import { Unavailable } from './errors.js';
import type { EventStore } from './event-store.js';
import { loopTurn, othersWait } from './loop-turn.js';

/** Entries read at a time. */
const PAGE = 250;
/** Entries applied in one turn: few, for others of this thread wait; more with every full page that views stay behind. */
const SLICE = 64;
const SLICE_GROWS_BY = 32;
const NAP_MS = 20;
/** A log that is out of reach is asked again after so long. */
const AGAIN_MS = 1_000;
/** Pages applied within so long are kept by one commit: whoever reads the views from another process waits no longer. */
const KEEP_MS = 250;
/** So many entries are kept sooner: a commit must not hold up whoever waits for an answer. */
const KEPT_TOGETHER_MAX = 300;

export interface Checkpoint {
  readonly position: number;
  /** How many entries of the log lie at or before the position. */
  readonly events: number;
}

/** Where views live. */
export interface Projection {
  checkpoint(): Checkpoint;
  /** Applies the page and moves the checkpoint: all of it or nothing. Others see it when it is kept. */
  apply(page: readonly Delivered[]): void;
  /** Commits the pages applied so far. When it throws, none of them is there any more, and the checkpoint says so. */
  keep(): void;
  /** Puts what was kept in its place, when much of it has come together; asked between two pages. Never throws. */
  fold?(): Promise<void>;
}

/**
 * Drives one projection. An entry that cannot be applied stops it, loudly; nothing is ever skipped. A log that cannot be
 * reached only delays it.
 */
export class Projector {
  private failure: Error | undefined;
  private outage: Unavailable | undefined;
  private held: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private keeping: NodeJS.Timeout | undefined;
  /** Entries that were applied and not kept yet. */
  private unkept = 0;
  /** How many pages in a row were full. */
  private fullPages = 0;
  private running: Promise<void> | undefined;
  private wanted = false;
  private stopped = false;
  /** Since when the log has had entries that the views lack. */
  private unreadSince: number | undefined;
  /** When the log first told of entries that the last read may have come too early for. */
  private toldSince: number | undefined;
  private readonly unsubscribe: () => void;
  private readonly followers = new Set<() => void>();
  private failed: (error: Error) => void = () => undefined;

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
      if (this.wanted && this.mayFollow) this.wake();
    });
  }

  /** Calls `moved` whenever the views hold more. Returns the way to stop. */
  onMoved(moved: () => void): () => void {
    this.followers.add(moved);
    return () => this.followers.delete(moved);
  }

  /** Calls `failed` with what stopped the projector, each time it is stopped. */
  onFailed(failed: (error: Error) => void): void {
    this.failed = failed;
  }

  /**
   * Runs `work` while no page is being applied or waits to be kept, and follows the log again behind what the views then
   * hold.
   */
  async still<T>(work: () => Promise<T>): Promise<T> {
    let release: () => void = () => undefined;
    this.held = new Promise((resolve) => (release = resolve));
    try {
      await this.running;
      this.keep();
      return await work();
    } finally {
      this.held = undefined;
      release();
      this.wake();
    }
  }

  /**
   * Waits until the views hold everything the log held when this was called. Throws what stopped the projector, and
   * `Unavailable` while the log cannot be reached.
   */
  async catchUp(onProgress?: (checkpoint: Checkpoint) => void): Promise<void> {
    this.retry();
    for (;;) {
      await this.held;
      const before = this.projection.checkpoint().position;
      this.wake();
      await this.running;
      const fault = this.failure ?? this.outage;
      if (fault) throw fault;
      if (this.held) continue;
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

  /** Why the log cannot be read just now; the projector goes on by itself when it can. */
  get outOfReach(): Unavailable | undefined {
    return this.outage;
  }

  /** For how many milliseconds the views have known of entries that they do not hold yet; 0 when they hold them all. */
  get behindMs(): number {
    return this.unreadSince === undefined ? 0 : performance.now() - this.unreadSince;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.unsubscribe();
    await this.running;
    clearTimeout(this.keeping);
  }

  private get mayFollow(): boolean {
    return !this.stopped && !this.held && !this.failure && !this.outage;
  }

  private retry(): void {
    this.failure = undefined;
    this.outage = undefined;
  }

  private async follow(): Promise<void> {
    while (this.wanted && this.mayFollow) {
      this.wanted = false;
      try {
        if (othersWait()) await loopTurn();
        while (this.mayFollow && (await this.nextPage()));
      } catch (error) {
        this.stumble(error);
      }
    }
  }

  private stumble(error: unknown): void {
    if (!(error instanceof Unavailable)) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.failed(this.failure);
      return;
    }
    this.outage = error;
    this.timer = setTimeout(() => {
      this.outage = undefined;
      this.wake();
    }, AGAIN_MS).unref();
  }

  private keep(): void {
    clearTimeout(this.keeping);
    this.keeping = undefined;
    this.unkept = 0;
    try {
      this.projection.keep();
    } catch (error) {
      this.stumble(error);
    }
  }

  private async nextPage(): Promise<boolean> {
    const began = performance.now();
    if (this.unkept >= KEPT_TOGETHER_MAX) {
      this.keep();
      await loopTurn();
    }
    await this.projection.fold?.();
    if (!this.mayFollow) return false;
    this.toldSince = undefined;
    const entries = await this.store.readAll(this.projection.checkpoint().position, PAGE);
    if (entries.length === 0) {
      this.unreadSince = this.toldSince;
      return false;
    }
    this.unreadSince ??= began;
    const page = await withHistories(this.store, entries);
    const size = SLICE + SLICE_GROWS_BY * this.fullPages;
    this.fullPages = page.length === PAGE ? this.fullPages + 1 : 0;
    if (page.length > size) await loopTurn();
    for (let from = 0; from < page.length; from += size) {
      this.applySlice(page.slice(from, from + size));
      // A page that is not full ended where the log ended when it was read.
      if (this.fullPages === 0 && from + size >= page.length) this.unreadSince = this.toldSince;
      await loopTurn();
    }
    return true;
  }

  private applySlice(slice: readonly Delivered[]): void {
    this.projection.apply(slice);
    this.unkept += slice.length;
    this.keeping ??= setTimeout(() => this.keep(), KEEP_MS).unref();
    for (const moved of this.followers) moved();
  }
}
