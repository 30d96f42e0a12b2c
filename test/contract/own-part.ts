// A part of a log for one test, when many tests share one server: its streams have a prefix, and it begins where the log ended.
import { Conflict } from '../../src/kernel/errors.js';
import type { Appended, EventStore } from '../../src/kernel/event-store.js';
import type { Proposed, Recorded } from '../../src/kernel/recorded.js';

export class OwnPart implements EventStore {
  private constructor(
    private readonly store: EventStore,
    private readonly prefix: string,
    /** Position of the log when the part began. */
    private readonly from: number,
  ) {}

  static async of(store: EventStore, prefix: string, from?: number): Promise<OwnPart> {
    return new OwnPart(store, prefix, from ?? (await store.reached()));
  }

  /** The same part, seen through another connection. */
  through(store: EventStore): Promise<OwnPart> {
    return OwnPart.of(store, this.prefix, this.from);
  }

  async readStream(stream: string): Promise<Recorded[]> {
    return (await this.store.readStream(this.prefix + stream)).map((entry) => ({ ...entry, stream }));
  }

  async append(stream: string, expected: number, events: readonly Proposed[]): Promise<Appended> {
    try {
      return await this.store.append(this.prefix + stream, expected, events);
    } catch (error) {
      throw error instanceof Conflict ? new Conflict(stream, error.expected, error.actual) : error;
    }
  }

  async readAll(after: number, limit: number): Promise<Recorded[]> {
    const mine: Recorded[] = [];
    for (let at = Math.max(after, this.from); mine.length < limit;) {
      const page = await this.store.readAll(at, limit);
      mine.push(...page.filter(({ stream }) => stream.startsWith(this.prefix)));
      if (page.length === 0) break;
      at = page.at(-1)!.position;
    }
    return mine.slice(0, limit).map((entry) => ({ ...entry, stream: entry.stream.slice(this.prefix.length) }));
  }

  async reached(): Promise<number> {
    let last = 0;
    for (;;) {
      const page = await this.readAll(last, 500);
      if (page.length === 0) return last;
      last = page.at(-1)!.position;
    }
  }

  onAppended(wake: () => void): () => void {
    return this.store.onAppended(wake);
  }

  get datesRise(): boolean {
    return this.store.datesRise;
  }

  identity(): string {
    return `${this.store.identity()} ${this.prefix}`;
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
