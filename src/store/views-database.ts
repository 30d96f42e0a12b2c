// store: views.db, the disposable file of read models; delete it and it is rebuilt.
import { existsSync, rmSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Delivered } from '../kernel/delivered.js';
import type { Checkpoint, Projection } from '../kernel/follow.js';
import { Unavailable } from '../kernel/errors.js';
import type { View, ViewClass } from '../kernel/view.js';
import { cluster } from './clustering.js';
import { DiskFault, inWords, type Fault } from './sqlite-faults.js';
import { BUSY_MS, openForReading, openForWriting, REBUILDABLE } from './sqlite-file.js';
import { create, layoutOf, refuseForeign, stateOf, type AnyViewClass, type Viewed } from './views-state.js';

/** What views cannot serve for: there are none, another version of the code wrote them, the file cannot be read. */
export type Unfit = 'absent' | 'outdated' | 'damaged';

/** Pages of 4 KiB in the write-ahead file with which it is begun again, whoever reads. */
const AHEAD_MAX = 16_000;
const READERS_END_WITHIN_MS = 100;

/** One database, one checkpoint, all views: rows and checkpoint are committed together. */
export class ViewsDatabase implements Projection {
  private readonly views = new Map<AnyViewClass, View>();
  private readonly saveCheckpoint: StatementSync;
  private readonly readCheckpoint: StatementSync;
  private readonly selectAhead: StatementSync;
  private beginAgainFrom = AHEAD_MAX;
  private at: Checkpoint;
  /** The checkpoint in front of the pages that were collected and not kept yet. */
  private collectedFrom: number | undefined;
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

  /** Puts rows that are asked for together next to each other, as far as views say which. */
  cluster(): void {
    for (const { clustered = [] } of this.views.keys()) for (const table of clustered) cluster(this.db, table);
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

  /** From here until `endMoment` everything is read of one state, whatever the writer does beside. */
  beginMoment(): void {
    if (!this.beside) return;
    this.db.exec('BEGIN');
    const now = this.stored();
    if (now.position === this.at.position) return;
    this.at = now;
    this.forgetRows();
  }

  endMoment(): void {
    if (this.beside && this.db.isTransaction) this.db.exec('ROLLBACK');
  }

  /** Nobody writes between two pages but who applies them. */
  steadily<T>(ask: () => Promise<T>): Promise<T> {
    return ask();
  }

  apply(page: readonly Delivered[]): void {
    this.collect(page);
    this.keep();
  }

  /**
   * Applies a page whose rows may wait in memory until `keep` writes them, with those of the pages before. When it throws,
   * nothing is there any more of what was not kept.
   */
  collect(page: readonly Delivered[]): void {
    try {
      this.begin();
      for (const delivered of page) this.applyOne(delivered);
      this.at = { position: page.at(-1)!.entry.position, events: this.at.events + page.length };
    } catch (error) {
      this.rollBack();
      throw ofTheDisk(error) ?? error;
    }
  }

  /** Commits what was collected: others see it from here on. When it throws, none of it is there any more. */
  keep(): void {
    if (this.collectedFrom === undefined) return;
    try {
      for (const view of this.views.values()) view.endPage?.();
      const { changes } = this.saveCheckpoint.run(this.at.position, this.at.events, this.collectedFrom);
      if (changes !== 1) throw new Error('Somebody else moved the checkpoint of the views.');
      this.db.exec(this.rehearsing ? 'RELEASE page' : 'COMMIT');
      this.collectedFrom = undefined;
    } catch (error) {
      this.rollBack();
      throw ofTheDisk(error) ?? error;
    }
  }

  /** Begins the write-ahead file again when it has grown large: SQLite does so by itself only when nobody reads. */
  foldWhenLarge(): void {
    const { log: pages } = this.selectAhead.get() as { log: number };
    if (pages < this.beginAgainFrom) return;
    this.db.exec(`PRAGMA busy_timeout = ${READERS_END_WITHIN_MS}`);
    try {
      const { busy } = this.db.prepare('PRAGMA wal_checkpoint(RESTART)').get() as { busy: number };
      // Whoever reads one state for long is not waited for with every page.
      this.beginAgainFrom = busy ? pages + AHEAD_MAX : AHEAD_MAX;
    } catch (error) {
      throw ofTheDisk(error) ?? error;
    } finally {
      this.db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    }
  }

  private begin(): void {
    if (this.collectedFrom !== undefined) return;
    this.db.exec(this.rehearsing ? 'SAVEPOINT page' : 'BEGIN');
    for (const view of this.views.values()) view.beginPage?.();
    this.collectedFrom = this.at.position;
  }

  private rollBack(): void {
    // A full disk may have ended the transaction already.
    if (this.db.isTransaction) this.db.exec(this.rehearsing ? 'ROLLBACK TO page; RELEASE page' : 'ROLLBACK');
    this.forgetRows();
    this.at = this.stored();
    this.collectedFrom = undefined;
  }

  private forgetRows(): void {
    for (const view of this.views.values()) view.forgetRows?.();
  }

  private applyOne(delivered: Delivered): void {
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
