// store: the thread that keeps the views, so that nobody who asks or records waits for their rows.
import type { Worker } from 'node:worker_threads';
import { withHistories } from '../kernel/delivered.js';
import { Unavailable } from '../kernel/errors.js';
import type { EventStore } from '../kernel/event-store.js';
import { PAGE, type Checkpoint } from '../kernel/follow.js';
import type { Follower } from '../kernel/projector.js';
import { threadAt } from './in-thread.js';
import type { Place } from './place.js';
import type { ServedViews } from './served-views.js';

/** `pause`: end the way behind the next page. */
export type ToViewsThread = 'follow' | 'pause' | 'close';

/** `moved`: a page was kept; `there`: the views hold what the log held when the thread was told to follow. */
export type FromViewsThread = 'moved' | 'there' | { readonly fault: string; readonly unavailable: boolean };

/** A thread that does not let go of its files within so long is ended where it is: what was kept stays. */
const ENDS_WITHIN_MS = 2_000;

interface Run {
  readonly moved: () => void;
  readonly mayGoOn: () => boolean;
  readonly there: () => void;
  readonly failed: (error: Error) => void;
}

/** The thread begins when the log first has something that the views lack. */
export class ViewsThread implements Follower {
  private worker: Worker | undefined;
  private run: Run | undefined;

  constructor(
    private readonly module: URL,
    private readonly place: Place,
    private readonly log: EventStore,
    private readonly views: ServedViews,
  ) {}

  checkpoint(): Checkpoint {
    return this.views.checkpoint();
  }

  async follow(moved: () => void, mayGoOn: () => boolean): Promise<void> {
    // Views that cannot serve are built first, from the first entry on.
    if (!this.views.inFile) return;
    if (!this.worker && (await this.isThere())) return;
    this.worker ??= this.begun();
    try {
      await this.told(this.worker, moved, mayGoOn);
    } catch (error) {
      if (!(error instanceof Unavailable)) await this.seeDamage();
      throw error;
    }
  }

  async rest(): Promise<void> {
    const { worker } = this;
    if (!worker) return;
    const late = setTimeout(() => void worker.terminate(), ENDS_WITHIN_MS);
    const exit = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close' satisfies ToViewsThread);
    await exit;
    clearTimeout(late);
  }

  private async isThere(): Promise<boolean> {
    return (await this.log.readAll(this.checkpoint().position, 1)).length === 0;
  }

  private async told(worker: Worker, moved: () => void, mayGoOn: () => boolean): Promise<void> {
    try {
      await new Promise<void>((there, failed) => {
        this.run = { moved, mayGoOn, there, failed };
        worker.postMessage('follow' satisfies ToViewsThread);
      });
    } finally {
      this.run = undefined;
    }
  }

  private begun(): Worker {
    const worker = threadAt(this.module, this.place);
    worker.on('message', (heard: FromViewsThread) => this.hear(heard));
    worker.on('error', (error: Error) => this.run?.failed(error));
    worker.on('exit', () => {
      this.worker = undefined;
      this.run?.failed(
        new Unavailable('The thread that keeps the reports has ended; another one goes on in a moment.'),
      );
    });
    return worker;
  }

  private hear(heard: FromViewsThread): void {
    this.views.refresh();
    if (heard === 'there') this.run?.there();
    else if (heard !== 'moved')
      this.run?.failed(heard.unavailable ? new Unavailable(heard.fault) : new Error(heard.fault));
    else {
      this.run?.moved();
      if (this.run?.mayGoOn() === false) this.worker?.postMessage('pause' satisfies ToViewsThread);
    }
  }

  /** Nothing is written behind damage, so the store of this thread has to see it too; it throws what it sees. */
  private async seeDamage(): Promise<void> {
    await withHistories(this.log, await this.log.readAll(this.checkpoint().position, PAGE));
  }
}
