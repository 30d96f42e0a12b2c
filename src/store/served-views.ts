// store: the views that serve, and how new ones take their place while everybody goes on asking.
import { renameSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Delivered } from '../kernel/delivered.js';
import type { Checkpoint, Projection } from '../kernel/follow.js';
import type { View, ViewClass } from '../kernel/view.js';
import { remove, type ViewsDatabase } from './views-database.js';
import type { AnyViewClass } from './views-state.js';

/** What may be asked of views; `db` and `view` always speak for the views that serve now. */
export interface Views {
  readonly db: DatabaseSync;
  view<V extends View>(of: ViewClass<DatabaseSync, V>): V;
  checkpoint(): Checkpoint;
  /** Asks several things of one state, however long that takes. */
  steadily<T>(ask: () => Promise<T>): Promise<T>;
}

/**
 * What is asked in one turn of the loop is answered of one moment, whoever writes beside: a report of several questions
 * is one picture, with the position it speaks of.
 */
export class ServedViews implements Projection, Views {
  private readonly handles = new Map<AnyViewClass, View>();
  private moment: NodeJS.Immediate | undefined;
  /** How many ask of one state for longer than a turn. */
  private asking = 0;

  constructor(
    private serving: ViewsDatabase,
    private readonly reopen: () => ViewsDatabase,
    classes: readonly AnyViewClass[],
  ) {
    for (const each of classes) this.handles.set(each, this.handle(each));
  }

  get db(): DatabaseSync {
    return this.now().db;
  }

  /** False while what serves are empty views that are kept nowhere. */
  get inFile(): boolean {
    return this.serving.db.location() !== null;
  }

  view<V extends View>(of: ViewClass<DatabaseSync, V>): V {
    return this.handles.get(of) as V;
  }

  checkpoint(): Checkpoint {
    return this.now().checkpoint();
  }

  apply(page: readonly Delivered[]): void {
    this.serving.apply(page);
  }

  rehearse(): void {
    this.serving.rehearse();
  }

  async steadily<T>(ask: () => Promise<T>): Promise<T> {
    this.now();
    this.asking++;
    try {
      return await ask();
    } finally {
      this.asking--;
      this.refresh();
    }
  }

  /** Whoever asks from here on sees what was kept until now. */
  refresh(): void {
    if (this.asking > 0) return;
    clearImmediate(this.moment);
    this.moment = undefined;
    this.serving.endMoment();
  }

  close(): void {
    clearImmediate(this.moment);
    this.moment = undefined;
    this.serving.close();
  }

  /** Puts a file of views, closed by whoever made it, in the place of the one that serves; nobody can ask in between. */
  replace(next: string, file: string): void {
    this.close();
    // A write-ahead file left by readers would be taken for the new file's own.
    for (const suffix of ['-wal', '-shm']) remove(`${file}${suffix}`);
    renameSync(next, file);
    this.serving = this.reopen();
  }

  private now(): ViewsDatabase {
    if (!this.moment) {
      this.serving.beginMoment();
      this.moment = setImmediate(() => this.refresh());
    }
    return this.serving;
  }

  /** One object for life, whatever serves behind it: others keep it. */
  private handle<V extends View>(of: ViewClass<DatabaseSync, V>): V {
    return new Proxy(Object.create(of.prototype as object) as V, {
      get: (_, property): unknown => Reflect.get(this.now().view(of), property),
    });
  }
}
