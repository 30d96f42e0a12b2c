// store: the views that serve, and how new ones take their place while everybody goes on asking.
import { renameSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Delivered } from '../kernel/delivered.js';
import type { Checkpoint, Projection } from '../kernel/projector.js';
import type { View, ViewClass } from '../kernel/view.js';
import { Folding } from './folding.js';
import { remove, type ViewsDatabase } from './views-database.js';
import type { AnyViewClass } from './views-state.js';

/** What may be asked of views; `db` and `view` always speak for the views that serve now. */
export type Views = Projection & Pick<ViewsDatabase, 'db' | 'view'>;

/** Pages of 4 KiB in the write-ahead file that are folded together: the log's flushes wait for the disk behind theirs. */
const FOLDED_FROM = 300;
/** So many are waited for: SQLite begins the file again only when all of it is folded and nobody writes. */
const AHEAD_MAX = 16_000;

export class ServedViews implements Projection, Views {
  private readonly handles = new Map<AnyViewClass, View>();
  private readonly thread = new Folding();
  private folding: Promise<void> | undefined;

  constructor(
    private serving: ViewsDatabase,
    private readonly file: string,
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

  async fold(): Promise<void> {
    if (this.serving.db.isTransaction) return;
    const { pages, unfolded } = this.serving.ahead();
    if (unfolded < FOLDED_FROM) return;
    if (pages >= AHEAD_MAX) await this.folding;
    this.folding ??= this.thread.fold(this.file).finally(() => (this.folding = undefined));
    if (pages >= AHEAD_MAX) await this.folding;
  }

  rehearse(): void {
    this.serving.rehearse();
  }

  async close(): Promise<void> {
    await this.folding;
    try {
      this.serving.close();
    } finally {
      await this.thread.close();
    }
  }

  /** Puts a file of views, closed by whoever made it, in the place of the one that serves; nobody can ask in between. */
  async replace(next: string): Promise<void> {
    await this.folding;
    this.serving.close();
    // A write-ahead file left by readers would be taken for the new file's own.
    for (const suffix of ['-wal', '-shm']) remove(`${this.file}${suffix}`);
    renameSync(next, this.file);
    this.serving = this.reopen();
  }

  /** One object for life, whatever serves behind it: others keep it. */
  private handle<V extends View>(of: ViewClass<DatabaseSync, V>): V {
    return new Proxy(Object.create(of.prototype as object) as V, {
      get: (_, property): unknown => Reflect.get(this.serving.view(of), property),
    });
  }
}
