// Eight writers on a log in EventStoreDB, and what must hold of everything they were answered.
import { Unavailable } from '../../src/kernel/errors.js';
import type { EventStore } from '../../src/kernel/event-store.js';
import { InPlace, Projector } from '../../src/kernel/projector.js';
import { EventStoreDbEventStore } from '../../src/store/eventstoredb.event-store.js';
import type { Patience } from '../../src/store/eventstoredb/connection.js';
import { ViewsDatabase } from '../../src/store/views-database.js';
import { appendsIn, planned, streamOf, WRITERS } from './plan.js';
import { ids, upTo, whole } from '../contract/proposed.js';
import { Tally } from '../contract/tally.js';
import { EventStoreServer, type ServerOptions } from '../support/esdb/server.js';

/** Short, so that a silence is met within a test. */
export const HASTE: Patience = { call: 300, total: 10_000 };

export interface Answered {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly position: number;
}

const open = new Set<Bench>();
/** A spec that fails must not leave a server behind: the run would never end. */
afterEach(() => Promise.all([...open].map((bench) => bench.close())));

/** A server, a store over it, and views that follow; closed when the spec ends. */
export class Bench {
  readonly answered: Answered[] = [];
  private closed = false;

  private constructor(
    readonly server: EventStoreServer,
    readonly store: EventStore,
    readonly views: ViewsDatabase,
    readonly projector: Projector,
  ) {}

  static async open(options: ServerOptions = {}, patience: Patience = HASTE): Promise<Bench> {
    const server = await EventStoreServer.start({ statsEvery: 5, ...options });
    const store = await EventStoreDbEventStore.open(server.connectionString, patience);
    const views = ViewsDatabase.open(':memory:', { identity: () => store.identity(), head: () => 0 }, [Tally]);
    const bench = new Bench(server, store, views, new Projector(store, new InPlace(store, views)));
    open.add(bench);
    return bench;
  }

  /** Every writer makes its appends one after the other; what is out of reach is sent again, as a caller would. */
  async write(appends: number, meanwhile: (done: number) => Promise<void> | void = () => undefined): Promise<void> {
    let done = 0;
    const writer = async (writer: number) => {
      for (const n of upTo(appends)) {
        await this.append(writer, n);
        await meanwhile(++done);
      }
    };
    await Promise.all(upTo(WRITERS).map(writer));
  }

  /** Waits until the views hold everything, as soon as the log can be read again. */
  async settled(): Promise<void> {
    for (;;) {
      try {
        return await this.projector.catchUp();
      } catch (error) {
        if (this.closed || !(error instanceof Unavailable)) throw error;
      }
    }
  }

  /** Every answer stands in the log exactly once, nothing stands there that was not sent, and the views say the same. */
  async demandWhole(appends: number): Promise<void> {
    this.server.faults.liftAll();
    await this.settled();
    const log = await whole(this.store);
    const wire = this.server.log.events().filter(({ stream }) => !stream.startsWith('relief-'));
    expect(log.map(({ id }) => id)).toEqual(wire.map(({ id }) => id));
    expect(new Set(ids(log)).size).toBe(log.length);
    for (const { id, stream, version, position } of this.answered) {
      expect(log.find((entry) => entry.id === id)).toMatchObject({ stream, version, position });
    }
    for (const writer of upTo(WRITERS)) {
      const stream = log.filter((entry) => entry.stream === streamOf(writer));
      expect(appendsIn(writer, stream.length)).toBe(appends);
      expect(ids(stream)).toEqual(upTo(appends).flatMap((n) => ids(planned(writer, n).events)));
    }
    const rebuilt = ViewsDatabase.open(':memory:', { identity: () => '', head: () => 0 }, [Tally]);
    rebuilt.apply(log.map((entry) => ({ entry })));
    expect(this.views.view(Tally).rows()).toEqual(rebuilt.view(Tally).rows());
    expect(this.views.checkpoint()).toEqual(rebuilt.checkpoint());
    rebuilt.close();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    open.delete(this);
    this.server.faults.liftAll();
    await this.projector.stop();
    this.views.close();
    await this.store.close();
    await this.server.stop();
  }

  private async append(writer: number, n: number): Promise<void> {
    const { stream, expected, events } = planned(writer, n);
    for (;;) {
      try {
        const { version, position } = await this.store.append(stream, expected, events);
        this.answered.push({ id: events.at(-1)!.id, stream, version, position });
        return;
      } catch (error) {
        if (this.closed || !(error instanceof Unavailable)) throw error;
      }
    }
  }
}
