// store: the log in memory, for tests and rehearsals. What is appended here is lost with the process.
import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from '../kernel/clock.js';
import { Conflict } from '../kernel/errors.js';
import { NO_STREAM, type Appended, type EventStore } from '../kernel/event-store.js';
import type { Proposed, Recorded } from '../kernel/recorded.js';
import { payloads, stamped } from './envelope.js';

/** A log to stand on: it is read, never written, and must not grow meanwhile. */
export interface Ground {
  readonly store: Pick<EventStore, 'readStream' | 'readAll' | 'identity' | 'close'>;
  /** Its last position. */
  readonly head: number;
}

export class MemoryEventStore implements EventStore {
  readonly datesRise = true;
  private readonly id = randomUUID();
  private readonly log: Recorded[] = [];
  private readonly streams = new Map<string, Recorded[]>();
  private readonly listeners = new Set<() => void>();
  private latest = 0;

  constructor(
    private readonly clock: Clock = systemClock,
    private readonly ground?: Ground,
  ) {}

  async readStream(stream: string): Promise<Recorded[]> {
    const below = (await this.ground?.store.readStream(stream)) ?? [];
    return [...below, ...structuredClone(this.streams.get(stream) ?? [])];
  }

  async append(stream: string, expected: number, events: readonly Proposed[]): Promise<Appended> {
    payloads(events);
    const below = (await this.ground?.store.readStream(stream)) ?? [];
    // No waiting from here on: the check and the append are one step.
    const before = [...below, ...(this.streams.get(stream) ?? [])];
    const actual = before.at(-1)?.version ?? NO_STREAM;
    if (expected !== actual) {
      const first = firstAnswer(before, expected, events);
      if (first) return first;
      throw new Conflict(stream, expected, actual);
    }
    const stated = events.map(({ recordedAt }) => (recordedAt ? Date.parse(recordedAt) : 0));
    this.latest = Math.max(this.latest, ...(stated.some(Boolean) ? stated : [this.clock.now().getTime()]));
    const start = (this.ground?.head ?? 0) + this.log.length;
    const recorded = events.map((event, index) => {
      const recordedAt = stated[index] || this.latest;
      const place = { stream, version: actual + 1 + index, position: start + 1 + index, recordedAt };
      return stamped(event, place);
    });
    this.log.push(...recorded);
    this.streams.set(stream, [...(this.streams.get(stream) ?? []), ...recorded]);
    for (const wake of this.listeners) wake();
    return appended(recorded);
  }

  async readAll(after: number, limit: number): Promise<Recorded[]> {
    const head = this.ground?.head ?? 0;
    const below = after < head ? await this.ground!.store.readAll(after, Math.min(limit, head - after)) : [];
    const from = Math.max(0, after - head);
    return [...below, ...structuredClone(this.log.slice(from, from + limit - below.length))];
  }

  async reached(): Promise<number> {
    return this.head();
  }

  onAppended(wake: () => void): () => void {
    this.listeners.add(wake);
    return () => this.listeners.delete(wake);
  }

  /** Position of the last entry; 0 for an empty log. */
  head(): number {
    return (this.ground?.head ?? 0) + this.log.length;
  }

  identity(): string {
    return this.ground?.store.identity() ?? this.id;
  }

  async close(): Promise<void> {
    this.listeners.clear();
    await this.ground?.store.close();
  }
}

/** A log as it stood at a position, however much it grows. */
export function upToNow(store: Ground['store'], head: number): Ground['store'] {
  const until = (entries: Recorded[]) => entries.filter(({ position }) => position <= head);
  return {
    readStream: async (stream) => until(await store.readStream(stream)),
    readAll: async (after, limit) => until(await store.readAll(after, limit)),
    identity: () => store.identity(),
    close: () => store.close(),
  };
}

function firstAnswer(stored: readonly Recorded[], expected: number, events: readonly Proposed[]): Appended | undefined {
  const behind = stored.filter(({ version }) => version > expected).slice(0, events.length);
  const same = behind.length === events.length && behind.every(({ id }, index) => id === events[index]!.id);
  return same ? appended(behind) : undefined;
}

function appended(recorded: readonly Recorded[]): Appended {
  const { version, position } = recorded.at(-1)!;
  return { version, position };
}
