// store: opens the log and the views that belong to it, in one of four ways.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../kernel/clock.js';
import type { EventStore } from '../kernel/event-store.js';
import { Projector } from '../kernel/projector.js';
import { upcasting, type AnyShapes } from '../kernel/shapes.js';
import type { ViewClass } from '../kernel/view.js';
import { Attachments } from './attachments.js';
import { claim, EVENTS, exists, VIEWS, type Lock } from './data-folder.js';
import { MemoryEventStore } from './memory.event-store.js';
import { SqliteEventStore, SqliteLogReader } from './sqlite.event-store.js';
import { ViewsDatabase } from './views-database.js';

/** `write` claims the folder; `rehearse` claims it and keeps nothing; `read` stands beside whoever writes it. */
export type StorePlan =
  | { readonly kind: 'folder'; readonly folder: string; readonly use: 'write' | 'rehearse' | 'read' }
  | { readonly kind: 'memory' };

/** Log, views and the projector between them; also the name under which they are injected. */
export const STORES = Symbol('STORES');

export interface Stores {
  readonly log: EventStore;
  readonly views: ViewsDatabase;
  readonly projector: Projector;
  readonly attachments: Attachments;
  close(): Promise<void>;
}

type Views = readonly ViewClass<DatabaseSync>[];

export async function openStores(plan: StorePlan, shapes: AnyShapes, classes: Views): Promise<Stores> {
  if (plan.kind === 'memory') {
    const log = new MemoryEventStore();
    const folder = join(tmpdir(), `relief-${log.identity()}`);
    const stores = together(log, ViewsDatabase.open(':memory:', log, classes), new Attachments(folder), shapes);
    const close = async () => {
      await stores.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return { ...stores, close };
  }
  if (plan.use === 'read') return beside(plan.folder, shapes, classes);
  const lock = claim(plan.folder);
  let log: SqliteEventStore | undefined;
  try {
    log = await SqliteEventStore.open(join(plan.folder, EVENTS));
    const views = ViewsDatabase.open(join(plan.folder, VIEWS), log, classes);
    const stores = together(log, views, new Attachments(plan.folder), shapes, lock);
    return plan.use === 'rehearse' ? await rehearsal(stores, shapes) : stores;
  } catch (error) {
    await log?.close();
    lock.release();
    throw error;
  }
}

function together(
  log: EventStore,
  views: ViewsDatabase,
  attachments: Attachments,
  shapes: AnyShapes,
  lock?: Lock,
): Stores {
  const today = upcasting(log, shapes);
  const projector = new Projector(today, views);
  const close = async () => {
    await projector.stop();
    views.close();
    await log.close();
    lock?.release();
  };
  return { log: today, views, projector, attachments, close };
}

/** The same stores with a log on top that keeps nothing and views that are rolled back. */
async function rehearsal(real: Stores, shapes: AnyShapes): Promise<Stores> {
  await real.projector.catchUp();
  await real.projector.stop();
  real.views.rehearse();
  const ground = { store: real.log, head: real.views.checkpoint().position };
  const stores = together(new MemoryEventStore(systemClock, ground), real.views, real.attachments, shapes);
  const close = async () => {
    await stores.projector.stop();
    await real.close();
  };
  return { ...stores, close };
}

/** Reads what another process writes; the views are as fresh as that process keeps them. */
async function beside(folder: string, shapes: AnyShapes, classes: Views): Promise<Stores> {
  if (!exists(folder)) throw new Error(`There is no log in ${folder}.`);
  const reader = new SqliteLogReader(join(folder, EVENTS));
  const log: EventStore = {
    readStream: (stream) => reader.readStream(stream),
    readAll: (after, limit) => reader.readAll(after, limit),
    append: () => Promise.reject(new Error('This process only reads.')),
    onAppended: () => () => undefined,
    reached: () => reader.reached(),
    identity: () => reader.identity(),
    close: () => reader.close(),
  };
  const views = ViewsDatabase.openReadOnly(join(folder, VIEWS), classes);
  return together(log, views, new Attachments(folder), shapes);
}
