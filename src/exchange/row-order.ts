// exchange: rows side by side, with the outcome of one after the other.

interface Slot {
  /** The latest work that changes the thing. */
  writer?: Promise<void> | undefined;
  /** Work since then that only mentions it. */
  readonly readers: Set<Promise<void>>;
}

/** Work on the same thing keeps its order; work that only mentions it runs side by side. */
export class RowOrder {
  private readonly slots = new Map<string, Slot>();

  /** Starts as soon as all earlier work it depends on has ended. `work` must not throw. */
  run(writes: ReadonlySet<string>, reads: ReadonlySet<string>, work: () => Promise<void>): Promise<void> {
    const before = new Set<Promise<void>>();
    for (const thing of writes) this.waitForAll(thing, before);
    for (const thing of reads) this.waitForWriter(thing, before);
    const done: Promise<void> = (before.size === 0 ? work() : Promise.all(before).then(work)).then(() =>
      this.forget(writes, reads, done),
    );
    for (const thing of writes) this.slots.set(thing, { writer: done, readers: new Set() });
    for (const thing of reads) if (!writes.has(thing)) this.slot(thing).readers.add(done);
    return done;
  }

  private waitForAll(thing: string, before: Set<Promise<void>>): void {
    this.waitForWriter(thing, before);
    for (const reader of this.slots.get(thing)?.readers ?? []) before.add(reader);
  }

  private waitForWriter(thing: string, before: Set<Promise<void>>): void {
    const writer = this.slots.get(thing)?.writer;
    if (writer) before.add(writer);
  }

  private slot(thing: string): Slot {
    const slot = this.slots.get(thing) ?? { readers: new Set() };
    this.slots.set(thing, slot);
    return slot;
  }

  private forget(writes: ReadonlySet<string>, reads: ReadonlySet<string>, done: Promise<void>): void {
    for (const thing of [...writes, ...reads]) {
      const slot = this.slots.get(thing);
      if (!slot) continue;
      slot.readers.delete(done);
      if (slot.writer === done) slot.writer = undefined;
      if (!slot.writer && slot.readers.size === 0) this.slots.delete(thing);
    }
  }
}
