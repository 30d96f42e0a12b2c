// exchange: rows side by side, with the outcome of one after the other.

interface Slot {
  /** The latest work that changes the thing. */
  writer?: Work | undefined;
  /** Work since then that only mentions it. */
  readonly readers: Set<Work>;
}

/** Something to be done when all that it depends on has ended. */
export interface Work {
  readonly done: Promise<void>;
}

interface Placed extends Work {
  readonly writes: ReadonlySet<string>;
  readonly reads: Set<string>;
  readonly before: ReadonlySet<Work>;
}

/** Work on the same thing keeps its order; work that only mentions it runs side by side. */
export class RowOrder {
  private readonly slots = new Map<string, Slot>();

  /** Starts as soon as all earlier work it depends on, and `begin`, have ended. `work` must not throw. */
  run(
    writes: ReadonlySet<string>,
    reads: ReadonlySet<string>,
    work: () => Promise<void>,
    begin: Promise<unknown>,
  ): Work {
    const before = this.before(writes, reads);
    const ready = before.size === 0 ? begin : Promise.all([begin, ...[...before].map(({ done }) => done)]);
    const done = ready.then(work).then(() => this.forget(placed));
    const placed: Placed = { writes, reads: new Set(reads), before, done };
    for (const thing of writes) this.slots.set(thing, { writer: placed, readers: new Set() });
    for (const thing of reads) if (!writes.has(thing)) this.slot(thing).readers.add(placed);
    return placed;
  }

  /**
   * Lets more be done with a work that has not started yet, when that changes no order: it must write what the work
   * writes, and wait for nothing that the work does not wait for. False when it has to be a work of its own.
   */
  join(work: Work, writes: ReadonlySet<string>, reads: ReadonlySet<string>): boolean {
    const placed = work as Placed;
    const waitsFor = (other: Work) => other === placed || placed.before.has(other);
    for (const thing of writes) {
      const { writer, readers } = this.slot(thing);
      if (!placed.writes.has(thing) || !waitsFor(writer ?? placed)) return false;
      for (const reader of readers) if (!waitsFor(reader)) return false;
    }
    for (const thing of reads) if (!waitsFor(this.slots.get(thing)?.writer ?? placed)) return false;
    for (const thing of reads) {
      if (placed.writes.has(thing) || placed.reads.has(thing)) continue;
      placed.reads.add(thing);
      this.slot(thing).readers.add(placed);
    }
    return true;
  }

  private before(writes: ReadonlySet<string>, reads: ReadonlySet<string>): Set<Work> {
    const before = new Set<Work>();
    for (const thing of writes) {
      const slot = this.slots.get(thing);
      if (slot?.writer) before.add(slot.writer);
      for (const reader of slot?.readers ?? []) before.add(reader);
    }
    for (const thing of reads) {
      const writer = this.slots.get(thing)?.writer;
      if (writer) before.add(writer);
    }
    return before;
  }

  private slot(thing: string): Slot {
    let slot = this.slots.get(thing);
    if (!slot) this.slots.set(thing, (slot = { readers: new Set() }));
    return slot;
  }

  private forget(work: Placed): void {
    for (const thing of work.writes) this.leave(thing, work);
    for (const thing of work.reads) this.leave(thing, work);
  }

  private leave(thing: string, work: Placed): void {
    const slot = this.slots.get(thing);
    if (!slot) return;
    slot.readers.delete(work);
    if (slot.writer === work) slot.writer = undefined;
    if (!slot.writer && slot.readers.size === 0) this.slots.delete(thing);
  }
}
