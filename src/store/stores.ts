// store: opens the log and the views that belong to it: in a folder, in a cluster, or in memory.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../kernel/clock.js';
import type { EventStore } from '../kernel/event-store.js';
import { InPlace, Projector } from '../kernel/projector.js';
import { upcasting, type AnyShapes } from '../kernel/shapes.js';
import { Turns, type TurnTaking } from '../kernel/turns.js';
import type { ViewClass } from '../kernel/view.js';
import { Attachments } from './attachments.js';
import { claim, type Lock } from './data-folder.js';
import { MemoryEventStore, upToNow } from './memory.event-store.js';
import { openLog, openLogForReading, type OpenedLog, type Place } from './place.js';
import { openViews, openViewsForReading, type Rebuilding, type Threads } from './rebuilding.js';
import type { Views } from './served-views.js';
import { ViewsDatabase } from './views-database.js';
import { ViewsThread } from './views-thread.js';

/**
 * `write` claims the folder; `rehearse` claims it and keeps nothing; `read` stands beside whoever writes it; `mend` is
 * `write` for views that are not fit to be opened.
 */
export type StorePlan =
  | ({ readonly kind: 'folder'; readonly use: 'write' | 'rehearse' | 'read' | 'mend' } & Place)
  | { readonly kind: 'memory' };

/** Log, views and the projector between them; also the name under which they are injected. */
export const STORES = Symbol('STORES');

export interface Stores {
  readonly log: EventStore;
  readonly views: Views;
  readonly projector: Projector;
  readonly attachments: Attachments;
  /** Whose turn it is, among everybody who writes to this log. */
  readonly turns: TurnTaking;
  /** New views beside those that serve; nothing for a house that keeps none. */
  readonly rebuilding?: Rebuilding;
  close(): Promise<void>;
}

type Classes = readonly ViewClass<DatabaseSync>[];

/** Throws `FolderInUse`, `Lost`, and `Unavailable` for a cluster out of reach. */
export async function openStores(
  plan: StorePlan,
  shapes: AnyShapes,
  classes: Classes,
  threads?: Threads,
): Promise<Stores> {
  if (plan.kind === 'memory') return inMemory(shapes, classes);
  if (plan.use === 'read') return beside(plan, shapes, classes);
  const lock = claim(plan.folder);
  let log: OpenedLog | undefined;
  try {
    log = await openLog(plan);
    const stores = await together(plan, log, shapes, classes, lock, threads);
    return plan.use === 'rehearse' ? await rehearsal(stores, shapes) : stores;
  } catch (error) {
    await log?.store.close();
    lock.release();
    throw error;
  }
}

async function inMemory(shapes: AnyShapes, classes: Classes): Promise<Stores> {
  const store = new MemoryEventStore();
  const folder = join(tmpdir(), `relief-${store.identity()}`);
  const log = upcasting(store, shapes);
  const views = ViewsDatabase.open(':memory:', store, classes);
  const projector = new Projector(log, new InPlace(log, views));
  const close = async () => {
    await projector.stop();
    views.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { log, views, projector, attachments: new Attachments(folder), turns: new Turns(), close };
}

async function together(
  plan: Place & { readonly use: string },
  { store, turns }: OpenedLog,
  shapes: AnyShapes,
  classes: Classes,
  lock: Lock,
  threads?: Threads,
): Promise<Stores> {
  const log = upcasting(store, shapes);
  // A rehearsal applies what is never committed.
  const follow = plan.use === 'rehearse' ? undefined : threads?.follow;
  const { views, rebuilding } = await openViews(plan, log, classes, { ...threads, follow });
  const follower = follow ? new ViewsThread(follow, plan, log, views) : new InPlace(log, views);
  const projector = new Projector(log, follower);
  rebuilding.over(projector);
  const close = async () => {
    await rebuilding.stop();
    await projector.stop();
    views.close();
    // Whoever closes last folds the write-ahead file, and only whoever keeps the views can.
    await follower.rest();
    await store.close();
    lock.release();
  };
  return {
    log,
    views,
    projector,
    attachments: new Attachments(plan.folder, plan.attachments),
    turns,
    rebuilding,
    close,
  };
}

/** The same stores with a log on top that keeps nothing and views that are rolled back. */
async function rehearsal(real: Stores, shapes: AnyShapes): Promise<Stores> {
  await real.rebuilding!.upToDate();
  await real.projector.stop();
  const head = real.views.checkpoint().position;
  const views = real.rebuilding!.views;
  views.rehearse();
  const log = upcasting(new MemoryEventStore(systemClock, { store: upToNow(real.log, head), head }), shapes);
  const projector = new Projector(log, new InPlace(log, views));
  const close = async () => {
    await projector.stop();
    await real.close();
  };
  return { log, views, projector, attachments: real.attachments, turns: new Turns(), close };
}

/** Reads what another process writes; the views are as fresh as that process keeps them. */
async function beside(place: Place, shapes: AnyShapes, classes: Classes): Promise<Stores> {
  const store = await openLogForReading(place);
  try {
    const log = upcasting(store, shapes);
    const views = openViewsForReading(place, classes);
    const projector = new Projector(log, new InPlace(log, views));
    const close = async () => {
      await projector.stop();
      views.close();
      await store.close();
    };
    return {
      log,
      views,
      projector,
      attachments: new Attachments(place.folder, place.attachments),
      turns: new Turns(),
      close,
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
