// test support: the log in memory behind all nodes of a server. It outlives their restarts.
import { systemClock, type Clock } from '../../../src/kernel/clock.js';
import { judged } from './append-rules.js';
import { Positions } from './positions.js';
import { RecentIds } from './recent-ids.js';
import { Signal } from './signal.js';
import { opening, stats } from './system-events.js';
import { bytesOf, isOfTheServer, type Expected, type Outcome, type Proposal, type WireEvent } from './wire-event.js';

export interface LogOptions {
  /** Dates the events; may step back, as a server's clock does after a failover. */
  readonly clock?: Clock;
  /** So many ids are remembered for appends that expect no revision. */
  readonly recentIds?: number;
  /** The server notes its statistics after each so many appends; 0 for never. */
  readonly statsEvery?: number;
}

export class WireLog {
  /** Raised whenever the log has grown. */
  readonly grown = new Signal();
  private readonly log: WireEvent[] = [];
  private readonly streams = new Map<string, WireEvent[]>();
  private readonly positions = new Positions();
  private readonly recent: RecentIds;
  private readonly clock: Clock;
  private readonly statsEvery: number;
  private appends = 0;

  constructor({ clock = systemClock, recentIds = 1_000, statsEvery = 0 }: LogOptions = {}) {
    this.clock = clock;
    this.recent = new RecentIds(recentIds);
    this.statsEvery = statsEvery;
    for (const { stream, proposal } of opening()) this.write(stream, [proposal]);
  }

  /** Every event in the order of the log, the server's own among them. Grows under the reader. */
  all(): readonly WireEvent[] {
    return this.log;
  }

  /** Every event that a client wrote. */
  events(): WireEvent[] {
    return this.log.filter((event) => !isOfTheServer(event));
  }

  /** The events of a stream; none when there is no such stream yet. Grows under the reader. */
  stream(name: string): readonly WireEvent[] {
    return this.ofStream(name);
  }

  /** All events or none. */
  append(stream: string, expected: Expected, proposals: readonly Proposal[]): Outcome {
    const stored = this.ofStream(stream);
    const ids = proposals.map(({ id }) => id);
    const judgement = judged(stored, expected, ids, (id) => this.recent.find(id));
    if (judgement.kind === 'conflict') return { kind: 'conflict', actual: stored.at(-1)?.revision };
    if (judgement.kind === 'repeat') {
      return { kind: 'repeated', revision: judgement.last?.revision, position: judgement.last?.position };
    }
    const last = this.write(stream, proposals);
    this.appends++;
    if (this.statsEvery > 0 && this.appends % this.statsEvery === 0) this.noteStats();
    return { kind: 'written', revision: stored.at(-1)?.revision, position: last?.position };
  }

  /** The server writes an event of its own. */
  noteStats(): void {
    const { stream, proposal } = stats();
    this.write(stream, [proposal]);
  }

  private write(stream: string, proposals: readonly Proposal[]): WireEvent | undefined {
    const stored = this.ofStream(stream);
    const created = this.clock.now();
    let last: WireEvent | undefined;
    for (const proposal of proposals) {
      const position = this.positions.next(Buffer.byteLength(stream) + bytesOf(proposal));
      last = { ...proposal, stream, revision: BigInt(stored.length), position, created };
      stored.push(last);
      this.log.push(last);
      this.recent.remember(last);
    }
    if (last) this.grown.raise();
    return last;
  }

  private ofStream(name: string): WireEvent[] {
    const stored = this.streams.get(name) ?? [];
    this.streams.set(name, stored);
    return stored;
  }
}
