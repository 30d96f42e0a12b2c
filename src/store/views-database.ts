// store: views.db, the disposable file of read models; delete it and it is rebuilt.
import { existsSync, rmSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Delivered } from '../kernel/delivered.js';
import type { Checkpoint, Projection } from '../kernel/projector.js';
import { Unavailable } from '../kernel/errors.js';
import type { View, ViewClass } from '../kernel/view.js';
import { DiskFault, inWords, type Fault } from './sqlite-faults.js';
import { openForReading, openForWriting, REBUILDABLE } from './sqlite-file.js';
import { create, layoutOf, refuseForeign, stateOf, type AnyViewClass, type Viewed } from './views-state.js';

/** What views cannot serve for: there are none, another version of the code wrote them, the file cannot be read. */
export type Unfit = 'absent' | 'outdated' | 'damaged';

/** The write-ahead file is folded by a thread; only when that falls behind, a commit does it. */
const FOR_SERVING = 'PRAGMA wal_autocheckpoint = 20000;';

/** What stands in the write-ahead file, in pages of 4 KiB. */
export interface Ahead {
  readonly pages: number;
  /** Not in the file itself yet. */
  readonly unfolded: number;
}

/** One database, one checkpoint, all views: rows and checkpoint are committed together, some pages at a time. */
export class ViewsDatabase implements Projection {
  private readonly views = new Map<AnyViewClass, View>();
  private readonly saveCheckpoint: StatementSync;
  private readonly readCheckpoint: StatementSync;
  private readonly selectAhead: StatementSync;
  private at: Checkpoint;
  /** Pages that were applied since the last commit. */
  private unkept: (readonly Delivered[])[] = [];
  /** The checkpoint of the rows that are written, while others wait. */
  private writtenTo: number | undefined;
  private rehearsing = false;

  private constructor(
    readonly db: DatabaseSync,
    classes: readonly AnyViewClass[],
    /** Another process moves the checkpoint. */
    private readonly beside = false,
  ) {
    for (const each of classes) this.views.set(each, new each(db));
    this.readCheckpoint = db.prepare('SELECT position, events FROM views');
    this.saveCheckpoint = db.prepare('UPDATE views SET position = ?, events = ? WHERE position = ?');
    this.selectAhead = db.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.at = this.stored();
  }

  /** Why the views in a file cannot serve as they are: nothing when they can. Throws `Lost` and for another log. */
  static unfit(file: string, log: Viewed, classes: readonly AnyViewClass[]): Unfit | undefined {
    if (!existsSync(file)) return 'absent';
    let db: DatabaseSync | undefined;
    try {
      db = openForReading(file);
      const found = stateOf(db);
      if (!found) return 'absent';
      refuseForeign(file, found, log);
      return found.layout === layoutOf(classes) ? undefined : 'outdated';
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SQLITE_ERROR') throw error;
      return 'damaged';
    } finally {
      db?.close();
    }
  }

  /** Opens the views of a log, empty when there are none of this layout yet. Throws `Lost` and for another log. */
  static open(file: string, log: Viewed, classes: readonly AnyViewClass[]): ViewsDatabase {
    const views = ViewsDatabase.openToFill(file, log, classes);
    views.db.exec(FOR_SERVING);
    views.index();
    return views;
  }

  /** The same without the indices that only questions need: they cost most while rows come in. */
  static openToFill(file: string, log: Viewed, classes: readonly AnyViewClass[]): ViewsDatabase {
    let db = openForWriting(file, REBUILDABLE);
    const found = stateOf(db);
    try {
      if (found) refuseForeign(file, found, log);
    } catch (error) {
      db.close();
      throw error;
    }
    if (found && found.layout !== layoutOf(classes)) {
      db.close();
      remove(file);
      db = openForWriting(file, REBUILDABLE);
    }
    if (!stateOf(db)) create(db, log.identity(), classes);
    return new ViewsDatabase(db, classes);
  }

  /** Reads the views that another process keeps up to date. */
  static openReadOnly(file: string, classes: readonly AnyViewClass[]): ViewsDatabase {
    const db = openForReading(file);
    if (stateOf(db)?.layout === layoutOf(classes)) return new ViewsDatabase(db, classes, true);
    db.close();
    throw new Error(`${file} was written by another version of relief.`);
  }

  /** Makes what questions need, unless it is there. */
  index(): void {
    for (const { indices } of this.views.keys()) if (indices) this.db.exec(indices);
  }

  view<V extends View>(of: ViewClass<DatabaseSync, V>): V {
    return this.views.get(of) as V;
  }

  checkpoint(): Checkpoint {
    return this.beside ? this.stored() : this.at;
  }

  /** The checkpoint as the file says it, for a reader beside the writer. */
  stored(): Checkpoint {
    return { ...(this.readCheckpoint.get() as unknown as Checkpoint) };
  }

  apply(page: readonly Delivered[]): void {
    try {
      this.put(page);
    } catch (error) {
      this.fallBack();
      throw ofTheDisk(error) ?? error;
    }
    if (!this.rehearsing) this.unkept.push(page);
  }

  keep(): void {
    if (this.rehearsing || !this.db.isTransaction) return;
    try {
      this.write();
      this.db.exec('COMMIT');
      this.unkept = [];
    } catch (error) {
      this.unkept = [];
      this.fallBack();
      throw ofTheDisk(error) ?? error;
    }
  }

  /** Asked while no page waits to be kept; SQLite says nothing of it otherwise. */
  ahead(): Ahead {
    const { log, checkpointed } = this.selectAhead.get() as { log: number; checkpointed: number };
    return { pages: log, unfolded: log - checkpointed };
  }

  /**
   * Applies a page whose rows may wait in memory until `keep` writes them, with those of the pages before: for views that
   * nobody asks meanwhile.
   */
  collect(page: readonly Delivered[]): void {
    try {
      this.take(page);
    } catch (error) {
      this.rollBack();
      throw ofTheDisk(error) ?? error;
    }
  }

  private put(page: readonly Delivered[]): void {
    this.take(page);
    this.write();
  }

  private take(page: readonly Delivered[]): void {
    if (!this.db.isTransaction) this.db.exec('BEGIN');
    if (this.writtenTo === undefined) {
      if (this.rehearsing) this.db.exec('SAVEPOINT page');
      for (const view of this.views.values()) view.beginPage?.();
      this.writtenTo = this.at.position;
    }
    for (const delivered of page) this.takeOne(delivered);
    this.at = { position: page.at(-1)!.entry.position, events: this.at.events + page.length };
  }

  private write(): void {
    if (this.writtenTo === undefined) return;
    for (const view of this.views.values()) view.endPage?.();
    const { changes } = this.saveCheckpoint.run(this.at.position, this.at.events, this.writtenTo);
    if (changes !== 1) throw new Error('Somebody else moved the checkpoint of the views.');
    if (this.rehearsing) this.db.exec('RELEASE page');
    this.writtenTo = undefined;
  }

  /** Takes back what is not kept, and applies the pages again that could be applied: rare, where savepoints cost always. */
  private fallBack(): void {
    const pages = this.unkept;
    this.rollBack();
    try {
      for (const page of pages) this.put(page);
      this.unkept = pages;
    } catch {
      // What the disk does not take now is read from the log again.
      this.rollBack();
    }
  }

  private rollBack(): void {
    // A full disk may have ended the transaction already.
    if (this.db.isTransaction) this.db.exec(this.rehearsing ? 'ROLLBACK TO page; RELEASE page' : 'ROLLBACK');
    for (const view of this.views.values()) view.rolledBack?.();
    this.at = this.stored();
    this.writtenTo = undefined;
    this.unkept = [];
  }

  private takeOne(delivered: Delivered): void {
    try {
      for (const view of this.views.values()) view.apply(delivered);
    } catch (error) {
      const { type, stream, position } = delivered.entry;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${type} of ${stream} at position ${position} cannot be applied: ${reason}`, { cause: error });
    }
  }

  /** From here on everything is tried and nothing is kept. */
  rehearse(): void {
    this.keep();
    this.rehearsing = true;
    this.db.exec('BEGIN');
  }

  /** Keeps what was applied, if the disk takes it: what it does not take is made again. */
  close(): void {
    try {
      this.keep();
    } finally {
      this.db.close();
    }
  }
}

/** A disk that takes nothing now may do so later: the views go on then, where any other fault would stop them. */
function ofTheDisk(error: unknown): Unavailable | undefined {
  const { cause = error } = error as { readonly cause?: unknown };
  if (!(inWords(cause as Fault, '') instanceof DiskFault)) return undefined;
  return new Unavailable(
    `The reports cannot be written just now (${(cause as Error).message}). The log goes on; look at the disk of views.db.`,
  );
}

/** Deletes a views file with what SQLite keeps beside it. */
export function remove(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}
