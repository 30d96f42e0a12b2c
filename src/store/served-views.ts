// store: the views that serve, and how new ones take their place while everybody goes on asking.
import { renameSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Checkpoint, Delivered, Projection } from '../kernel/projector.js';
import type { View, ViewClass } from '../kernel/view.js';
import type { ViewsDatabase } from './views-database.js';
import { remove } from './views-database.js';
import type { AnyViewClass } from './views-state.js';

/** What may be asked of views; `db` and `view` always speak for the views that serve now. */
export type Views = Pick<ViewsDatabase, 'db' | 'view' | keyof Projection>;

export class ServedViews implements Projection, Views {
  private readonly handles = new Map<AnyViewClass, View>();

  constructor(
    private serving: ViewsDatabase,
    private readonly reopen: () => ViewsDatabase,
    classes: readonly AnyViewClass[],
  ) {
    for (const each of classes) this.handles.set(each, this.handle(each));
  }

  get db(): DatabaseSync {
    return this.serving.db;
  }

  view<V extends View>(of: ViewClass<DatabaseSync, V>): V {
    return this.handles.get(of) as V;
  }

  checkpoint(): Checkpoint {
    return this.serving.checkpoint();
  }

  apply(page: readonly Delivered[]): void {
    this.serving.apply(page);
  }

  keep(): void {
    this.serving.keep();
  }

  rehearse(): void {
    this.serving.rehearse();
  }

  close(): void {
    this.serving.close();
  }

  /** Puts a file of views, closed by whoever made it, in the place of the one that serves; nobody can ask in between. */
  replace(next: string, file: string): void {
    this.serving.close();
    // A write-ahead file left by readers would be taken for the new file's own.
    for (const suffix of ['-wal', '-shm']) remove(`${file}${suffix}`);
    renameSync(next, file);
    this.serving = this.reopen();
  }

  /** One object for life, whatever serves behind it: others keep it. */
  private handle<V extends View>(of: ViewClass<DatabaseSync, V>): V {
    return new Proxy(Object.create(of.prototype as object) as V, {
      get: (_, property): unknown => Reflect.get(this.serving.view(of), property),
    });
  }
}
