// kernel: sees to it that the views hold what the log holds, and knows how far they are.
import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from './errors.js';
import type { EventStore } from './event-store.js';
import { follow, type Checkpoint, type Projection, type ReadableLog } from './follow.js';

const NAP_MS = 20;
/** Entries that nobody asks for wait for others so long: what they come to is written once for all of them. */
const TOGETHER_MS = 100;
/** A log that is out of reach is asked again after so long. */
const AGAIN_MS = 1_000;

/** Who carries facts to the views. */
export interface Follower {
  checkpoint(): Checkpoint;
  /**
   * Brings the views to where the log ends when this is called, and calls `moved` behind each page. Ends behind a page
   * when `mayGoOn` says no. An entry that cannot be applied is never skipped: it throws.
   */
  follow(moved: () => void, mayGoOn: () => boolean): Promise<void>;
  /** Lets go of the views until it is told to follow again. */
  rest(): Promise<void>;
}

/** Follows in the thread that asks. */
export class InPlace implements Follower {
  constructor(
    private readonly log: ReadableLog,
    private readonly views: Projection,
  ) {}

  checkpoint(): Checkpoint {
    return this.views.checkpoint();
  }

  follow(moved: () => void, mayGoOn: () => boolean): Promise<void> {
    return follow(this.log, this.views, { onPage: moved, mayGoOn });
  }

  async rest(): Promise<void> {
    // Nothing is held between two pages.
  }
}

/**
 * Has the views follow one log. An entry that cannot be applied stops it, loudly; nothing is ever skipped. A log that
 * cannot be reached only delays it.
 */
export class Projector {
  private failure: Error | undefined;
  private outage: Unavailable | undefined;
  private held: Promise<void> | undefined;
  private again: NodeJS.Timeout | undefined;
  private together: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  /** The run behind the one that is under way. */
  private next: Promise<void> | undefined;
  private stopped = false;
  /** Since when the log has had entries that the views lack. */
  private unreadSince: number | undefined;
  /** When the log first told of entries that the run under way may have begun too early for. */
  private toldSince: number | undefined;
  private readonly unsubscribe: () => void;
  private readonly listeners = new Set<() => void>();
  private failed: (error: Error) => void = () => undefined;

  constructor(
    log: Pick<EventStore, 'onAppended'>,
    private readonly follower: Follower,
  ) {
    this.unsubscribe = log.onAppended(() => {
      this.toldSince ??= performance.now();
      this.unreadSince ??= this.toldSince;
      this.together ??= setTimeout(() => {
        this.together = undefined;
        void this.follow();
      }, TOGETHER_MS).unref();
    });
  }

  /** Calls `moved` whenever the views hold more. Returns the way to stop. */
  onMoved(moved: () => void): () => void {
    this.listeners.add(moved);
    return () => this.listeners.delete(moved);
  }

  /** Calls `failed` with what stopped the projector, each time it is stopped. */
  onFailed(failed: (error: Error) => void): void {
    this.failed = failed;
  }

  /** Runs `work` while nobody touches the views, and follows the log again behind what the views then hold. */
  async still<T>(work: () => Promise<T>): Promise<T> {
    let release: () => void = () => undefined;
    this.held = new Promise((resolve) => (release = resolve));
    try {
      await this.running;
      await this.follower.rest();
      return await work();
    } finally {
      this.held = undefined;
      release();
      void this.follow();
    }
  }

  /**
   * Waits until the views hold everything the log held when this was called. Throws what stopped the projector, and
   * `Unavailable` while the log cannot be reached.
   */
  async catchUp(onProgress?: (checkpoint: Checkpoint) => void): Promise<void> {
    this.tryAgain();
    const deaf = this.onMoved(() => onProgress?.(this.checkpoint));
    try {
      do {
        await this.held;
        await this.follow();
        const fault = this.failure ?? this.outage;
        if (fault) throw fault;
      } while (this.held);
    } finally {
      deaf();
    }
  }

  /** True when the views include `position` within `milliseconds`. */
  async waitFor(position: number, milliseconds: number): Promise<boolean> {
    const deadline = performance.now() + milliseconds;
    while (this.checkpoint.position < position) {
      if (this.failure) throw this.failure;
      if (performance.now() > deadline) return false;
      await Promise.race([this.follow(), pause(NAP_MS)]);
      if (this.checkpoint.position < position) await pause(1);
    }
    return true;
  }

  /** Waits until the views hold what they are known to lack, but no longer than so many milliseconds. */
  async settle(milliseconds: number): Promise<void> {
    if (this.unreadSince === undefined || !this.mayGoOn) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, milliseconds);
      void this.follow().then(() => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  get checkpoint(): Checkpoint {
    return this.follower.checkpoint();
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
    clearTimeout(this.again);
    this.unsubscribe();
    clearTimeout(this.together);
    await this.running;
  }

  private get mayGoOn(): boolean {
    return !this.stopped && !this.held && !this.failure && !this.outage;
  }

  private tryAgain(): void {
    this.failure = undefined;
    this.outage = undefined;
  }

  /** Ends with a run that began after this call: whoever calls while one is under way gets the one behind it. */
  private follow(): Promise<void> {
    this.next ??= this.running.then(() => {
      this.next = undefined;
      return (this.running = this.run());
    });
    return this.next;
  }

  private async run(): Promise<void> {
    if (!this.mayGoOn) return;
    const began = performance.now();
    this.toldSince = undefined;
    const moved = () => {
      this.unreadSince ??= began;
      for (const told of this.listeners) told();
    };
    try {
      await this.follower.follow(moved, () => this.mayGoOn);
      if (this.mayGoOn) this.unreadSince = this.toldSince;
    } catch (error) {
      this.stumble(error);
    }
  }

  private stumble(error: unknown): void {
    if (!(error instanceof Unavailable)) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.failed(this.failure);
      return;
    }
    this.outage = error;
    this.again = setTimeout(() => {
      this.outage = undefined;
      void this.follow();
    }, AGAIN_MS).unref();
  }
}
