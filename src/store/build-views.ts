// store: makes views from the first entry on, in a file beside the one that serves; an interrupted build goes on.
import { existsSync } from 'node:fs';
import type { EventStore } from '../kernel/event-store.js';
import type { Delivered } from '../kernel/delivered.js';
import { follow, type Checkpoint, type Projection, type ReadableLog } from '../kernel/follow.js';
import { NOT_COMPARED, Snapshot, type Comparison } from './comparison.js';
import { remove, ViewsDatabase } from './views-database.js';
import type { AnyViewClass } from './views-state.js';

/** What so many pages come to is written once for all of them. */
const PAGES_TOGETHER = 10;
/** Few, large checkpoints of the write-ahead file, and room for the pages that most rows fall into. */
const FOR_FILLING = 'PRAGMA wal_autocheckpoint = 24000; PRAGMA cache_size = -12000;';
/** A sort takes as much memory as the cache beside it may have. */
const FOR_SORTING = 'PRAGMA cache_size = -6000;';

export interface BuildOrder {
  /** The file to make. */
  readonly next: string;
  /** The file that serves, when it can be compared. */
  readonly served?: string;
}

export interface Built {
  readonly position: number;
  readonly events: number;
  /** Undefined when nothing served before. */
  readonly comparison?: Comparison;
}

/** How far a build is: position in the log, and the one it has to reach. */
export type OnBuilding = (position: number, of: number) => void;

type NamedLog = ReadableLog & Pick<EventStore, 'identity' | 'reached'>;

/** Views that nobody asks while they are filled. */
class Filled implements Projection {
  private pages = 0;

  constructor(private readonly views: ViewsDatabase) {}

  checkpoint(): Checkpoint {
    return this.views.checkpoint();
  }

  apply(page: readonly Delivered[]): void {
    this.views.collect(page);
    if (++this.pages % PAGES_TOGETHER === 0) this.views.keep();
  }
}

/** Builds up to the end of the log; on the way it compares with the views that serve, at a position both stand at. */
export async function buildViews(
  { next, served }: BuildOrder,
  log: NamedLog,
  classes: readonly AnyViewClass[],
  onBuilding?: OnBuilding,
): Promise<Built> {
  const views = await openNext(next, log, classes);
  try {
    const comparison = served === undefined ? undefined : await compared(served, next, views, log, classes, onBuilding);
    await applyUpTo(Infinity, log, views, onBuilding);
    views.db.exec(FOR_SORTING);
    views.cluster();
    views.index();
    return { ...views.checkpoint(), ...(comparison && { comparison }) };
  } finally {
    views.close();
  }
}

/** Compares at a position where both stand, the one that serves being read in one moment of its own. */
async function compared(
  served: string,
  next: string,
  views: ViewsDatabase,
  log: NamedLog,
  classes: readonly AnyViewClass[],
  onBuilding?: OnBuilding,
): Promise<Comparison | undefined> {
  if (!existsSync(served)) return undefined;
  await applyUpTo(servedPosition(served, classes), log, views, onBuilding);
  const snapshot = new Snapshot(served, classes);
  try {
    await applyUpTo(snapshot.position, log, views, onBuilding);
    return views.checkpoint().position === snapshot.position ? snapshot.against(next) : NOT_COMPARED;
  } finally {
    snapshot.close();
  }
}

/** Asked in passing: a moment held for the length of a build would keep the serving file from being tidied. */
function servedPosition(served: string, classes: readonly AnyViewClass[]): number {
  const snapshot = new Snapshot(served, classes);
  try {
    return snapshot.position;
  } finally {
    snapshot.close();
  }
}

/** Brings views up to a position of the log, or to its end. */
export async function applyUpTo(
  upTo: number,
  log: NamedLog,
  views: ViewsDatabase,
  onBuilding?: OnBuilding,
): Promise<void> {
  const of = Math.min(upTo, await log.reached());
  await follow(log, new Filled(views), { upTo, onPage: () => onBuilding?.(views.checkpoint().position, of) });
  views.keep();
}

/** What an earlier build left is used, unless it was made of another log or stopped being true of this one. */
async function openNext(next: string, log: NamedLog, classes: readonly AnyViewClass[]): Promise<ViewsDatabase> {
  const reached = await log.reached();
  const viewed = { identity: () => log.identity(), head: () => reached };
  let views: ViewsDatabase;
  try {
    views = ViewsDatabase.openToFill(next, viewed, classes);
  } catch {
    remove(next);
    views = ViewsDatabase.openToFill(next, viewed, classes);
  }
  views.db.exec(FOR_FILLING);
  return views;
}
