// The log in EventStoreDB keeps the promises of the port: over a wire-level test server, and over a real one when it is named.
import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EventStore } from '../../src/kernel/event-store.js';
import { EventStoreDbEventStore } from '../../src/store/eventstoredb.event-store.js';
import { EventStoreServer, type ServerOptions } from '../support/esdb/server.js';
import { lastingPromises, promises, type Reopened } from './event-store.contract.js';
import { OwnPart } from './own-part.js';

// Two hundred writers that try again cross the wire some twenty thousand times.
jest.setTimeout(120_000);

const servers: EventStoreServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

async function serving(options?: ServerOptions): Promise<string> {
  const server = await EventStoreServer.start(options);
  servers.push(server);
  return server.connectionString;
}

async function reopened(address: string): Promise<Reopened> {
  const store = await EventStoreDbEventStore.open(address);
  return { store, reopen: async () => (await store.close(), EventStoreDbEventStore.open(address)) };
}

/** What a test writes is kept apart by name, so that one server can be used by all of them, and again tomorrow. */
async function partOf(address: string): Promise<Reopened> {
  const part = await OwnPart.of(await EventStoreDbEventStore.open(address), `test-${randomUUID()}-`);
  const reopen = async (): Promise<EventStore> => {
    await part.close();
    return part.through(await EventStoreDbEventStore.open(address));
  };
  return { store: part, reopen };
}

const own = async () => reopened(await serving());
promises('EventStoreDB', own);
lastingPromises('EventStoreDB', own);

const cluster = async () => reopened(await serving({ nodes: 3, positionsInRepeats: false, statsEvery: 7 }));
promises('an EventStoreDB cluster', cluster);

let shared: Promise<string> | undefined;
const part = async () => partOf(await (shared ??= serving()));
promises('a part of an EventStoreDB that others use', part);
lastingPromises('a part of an EventStoreDB that others use', part);

// RELIEF_TEST_ESDB=esdb://host:2113?tls=false npm test -- test/contract/eventstoredb
const real = process.env['RELIEF_TEST_ESDB'];
if (real !== undefined) {
  promises('a real EventStoreDB', () => partOf(real));
  lastingPromises('a real EventStoreDB', () => partOf(real));
}
