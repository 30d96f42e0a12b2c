// store: the log in an EventStoreDB or KurrentDB cluster, for when one machine is too small.
import {
  BACKWARDS,
  END,
  MaxAppendSizeExceededError,
  NO_STREAM as NEW_STREAM,
  START,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type AllStreamRecordedEvent,
  type AppendResult,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { Conflict, Invalid } from '../kernel/errors.js';
import { NO_STREAM, type Appended, type EventStore } from '../kernel/event-store.js';
import type { Proposed, Recorded } from '../kernel/recorded.js';
import { payloads } from './envelope.js';
import { Alarm } from './eventstoredb/alarm.js';
import { Connection, Foreign, isMalformed, PATIENCE, SEND_AGAIN, type Patience } from './eventstoredb/connection.js';
import { isHousekeeping, LOG_STREAM, positionOf, toEvent, toRecorded } from './eventstoredb/entries.js';

/** Events of `$all` that are asked for at once; some of them are the server's own. */
const PAGE = 1_000;
/** Deep enough to find the last fact under the server's own events at the first try, most times. */
const LAST = 50;

export class EventStoreDbEventStore implements EventStore {
  readonly datesRise = false;
  private readonly listeners = new Set<() => void>();
  private alarm: Alarm | undefined;
  private openedAt = 0;

  private constructor(
    readonly connection: Connection,
    private readonly deadline: number,
    private readonly name: string,
  ) {}

  /**
   * Connects and learns the name of the log, or gives it one. `address` as in `esdb://host:2113?tls=false` or
   * `esdb+discover://cluster.example:2113`. Throws `Unavailable`.
   */
  static async open(address: string, patience: Patience = PATIENCE): Promise<EventStoreDbEventStore> {
    const connection = new Connection(address, patience);
    try {
      const store = new EventStoreDbEventStore(connection, patience.call, await nameOf(connection, patience.call));
      store.openedAt = await store.reached();
      return store;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async readStream(stream: string): Promise<Recorded[]> {
    const facts = await this.connection.untilKnown(`a read of ${stream}`, async (client) => {
      const read: Recorded[] = [];
      try {
        await this.connection.collect(client.readStream(stream, { requiresLeader: true }), ({ event }) => {
          if (event) read.push(toRecorded(event));
          return true;
        });
      } catch (error) {
        if (!(error instanceof StreamNotFoundError)) throw error;
      }
      return read;
    });
    const gap = facts.findIndex(({ version }, index) => version !== index);
    if (gap < 0) return facts;
    throw new Foreign(
      `${stream} has version ${facts[gap]!.version} where ${gap} must stand: its entries were deleted or cut off on the server.`,
    );
  }

  async append(stream: string, expected: number, events: readonly Proposed[]): Promise<Appended> {
    const written = payloads(events).map(toEvent);
    const options = {
      expectedRevision: expected === NO_STREAM ? (NEW_STREAM as typeof NEW_STREAM) : BigInt(expected),
      requiresLeader: true,
      credentials: this.connection.credentials,
      deadline: this.deadline,
    };
    try {
      const answer = await this.connection.untilKnown(
        `an append to ${stream}`,
        (client) => this.connection.inTime(client.appendToStream(stream, written, options)),
        SEND_AGAIN,
      );
      const version = Number(answer.nextExpectedRevision);
      const position = await this.positionAt(stream, version, answer);
      for (const wake of this.listeners) wake();
      return { version, position };
    } catch (error) {
      throw inOurWords(error, stream, expected);
    }
  }

  async readAll(after: number, limit: number): Promise<Recorded[]> {
    const facts: Recorded[] = [];
    for (let from = after; facts.length < limit;) {
      const page = await this.page(from, Math.min(PAGE, limit - facts.length));
      facts.push(...page.filter(({ streamId }) => !isHousekeeping(streamId)).map(toRecorded));
      if (page.length === 0) break;
      from = positionOf(page.at(-1)!);
    }
    return facts;
  }

  async reached(): Promise<number> {
    let from: number | typeof END = END;
    for (;;) {
      const page: AllStreamRecordedEvent[] = await this.backwards(from);
      const last = page.find(({ streamId }) => !isHousekeeping(streamId));
      if (last) return positionOf(last);
      if (page.length === 0) return 0;
      from = Number(page.at(-1)!.position.commit);
    }
  }

  onAppended(wake: () => void): () => void {
    this.listeners.add(wake);
    this.alarm ??= new Alarm(
      () => this.connection.client,
      () => this.listeners.forEach((listener) => listener()),
      this.openedAt,
    );
    return () => this.listeners.delete(wake);
  }

  identity(): string {
    return this.name;
  }

  async close(): Promise<void> {
    this.listeners.clear();
    this.alarm?.stop();
    await this.connection.close();
  }

  /** Up to `count` events behind `after`, the server's own among them; empty at the end of the log. */
  private async page(after: number, count: number): Promise<AllStreamRecordedEvent[]> {
    const page = this.connection.untilKnown('a read of the log', async (client) => {
      const events: AllStreamRecordedEvent[] = [];
      const at = BigInt(after);
      // A read begins with the event at its position: that one is known.
      const read = client.readAll({
        fromPosition: after > 0 ? { commit: at, prepare: at } : START,
        maxCount: count + 1,
        requiresLeader: true,
      });
      await this.connection.collect(read, ({ event }) => {
        if (event && event.position.commit > at) events.push(event);
        return events.length < count;
      });
      return events;
    });
    return page.catch((error: unknown) => {
      if (!isMalformed(error)) throw error;
      throw new Invalid([{ field: 'from', rule: 'must be a position of an entry of this log, or 0', value: after }]);
    });
  }

  private backwards(from: number | typeof END): Promise<AllStreamRecordedEvent[]> {
    return this.connection.untilKnown('a read of the end of the log', async (client) => {
      const events: AllStreamRecordedEvent[] = [];
      const fromPosition = from === END ? END : { commit: BigInt(from), prepare: BigInt(from) };
      const read = client.readAll({ direction: BACKWARDS, fromPosition, maxCount: LAST, requiresLeader: true });
      await this.connection.collect(read, ({ event }) => {
        if (event) events.push(event);
        return true;
      });
      return events;
    });
  }

  /** A repeated append may be answered without its position: then the stream knows. */
  private async positionAt(stream: string, version: number, { position }: AppendResult): Promise<number> {
    if (position && position.commit === position.prepare && position.commit <= BigInt(Number.MAX_SAFE_INTEGER)) {
      return Number(position.commit);
    }
    return (await this.readStream(stream))[version]!.position;
  }
}

/** Every node that opens a new log proposes a name; the first one stays. */
async function nameOf(connection: Connection, deadline: number): Promise<string> {
  for (;;) {
    const name = await connection.untilKnown('a question for its name', async (client) => {
      let found: string | undefined;
      try {
        const read = client.readStream(LOG_STREAM, { maxCount: 1, requiresLeader: true });
        await connection.collect(read, ({ event }) => {
          found = (event?.data as { log?: string } | undefined)?.log;
          return true;
        });
      } catch (error) {
        if (!(error instanceof StreamNotFoundError)) throw error;
      }
      return found;
    });
    if (name !== undefined) return name;
    const named = { id: randomUUID(), type: 'LogNamed', contentType: 'application/json' as const, metadata: undefined };
    const { credentials } = connection;
    const options = { expectedRevision: NEW_STREAM, requiresLeader: true, credentials, deadline } as const;
    try {
      await connection.untilKnown('its new name', (client) =>
        connection.inTime(client.appendToStream(LOG_STREAM, [{ ...named, data: { log: randomUUID() } }], options)),
      );
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
    }
  }
}

function inOurWords(error: unknown, stream: string, expected: number): unknown {
  if (error instanceof WrongExpectedVersionError) {
    const { actualVersion } = error;
    return new Conflict(stream, expected, typeof actualVersion === 'bigint' ? Number(actualVersion) : NO_STREAM);
  }
  if (error instanceof MaxAppendSizeExceededError) {
    const rule = `must fit the ${error.maxAppendSize} bytes that the event store takes at once`;
    return new Invalid([{ field: 'data', rule }]);
  }
  return error;
}
