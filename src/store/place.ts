// store: where a log is kept, and how to get at it.
import { join } from 'node:path';
import type { EventStore } from '../kernel/event-store.js';
import { Turns, type TurnTaking } from '../kernel/turns.js';
import { EVENTS, exists } from './data-folder.js';
import { SqliteEventStore } from './sqlite.event-store.js';
import { SqliteLogReader } from './sqlite.log-reader.js';

export interface Place {
  /** Holds the views, the attachments, and the log when it is not in a cluster. */
  readonly folder: string;
  /** `esdb://…` or `esdb+discover://…`: the cluster that holds the log. */
  readonly eventStore?: string | undefined;
  /** Another folder for attachments, which all nodes of a cluster share. */
  readonly attachments?: string | undefined;
}

export interface OpenedLog {
  readonly store: EventStore;
  readonly turns: TurnTaking;
}

/** True when there is something to read: a cluster always is one. */
export function hasLog({ folder, eventStore }: Place): boolean {
  return eventStore !== undefined || exists(folder);
}

export async function openLog({ folder, eventStore }: Place): Promise<OpenedLog> {
  if (eventStore === undefined) {
    return { store: await SqliteEventStore.open(join(folder, EVENTS)), turns: new Turns() };
  }
  const { EventStoreDbEventStore, SharedTurns } = await cluster();
  const store = await EventStoreDbEventStore.open(eventStore);
  return { store, turns: new SharedTurns(store.connection) };
}

/** Loaded when it is asked for: whoever keeps the log in a file starts without it. */
async function cluster() {
  const [log, turns] = await Promise.all([
    import('./eventstoredb.event-store.js'),
    import('./eventstoredb/shared-turns.js'),
  ]);
  return { ...log, ...turns };
}

/** Throws when there is no log. A file that this process looked through already is not looked through again. */
export async function openLogForReading(
  { folder, eventStore }: Place,
  looked: 'through' | 'not yet' = 'not yet',
): Promise<EventStore> {
  if (!hasLog({ folder, eventStore })) throw new Error(`There is no log in ${folder}.`);
  const reader = eventStore
    ? await (await cluster()).EventStoreDbEventStore.open(eventStore)
    : new SqliteLogReader(join(folder, EVENTS), looked);
  return {
    readStream: (stream) => reader.readStream(stream),
    readAll: (after, limit) => reader.readAll(after, limit),
    append: () => Promise.reject(new Error('This process only reads.')),
    reached: () => reader.reached(),
    onAppended: () => () => undefined,
    identity: () => reader.identity(),
    datesRise: reader.datesRise,
    close: () => reader.close(),
  };
}
