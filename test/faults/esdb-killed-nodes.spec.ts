// Fault: SIGKILL of application nodes that share one log. The other node goes on; what was answered stands once.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newFolder } from '../contract/folder.js';
import { upTo } from '../contract/proposed.js';
import { EventStoreServer } from '../support/esdb/server.js';
import { brokenPromises } from './answered.js';
import { booksOf } from './books.js';
import { announce, Chance, roundsOf } from './chance.js';
import { FieldOffice, registerOrganisations } from './field-office.js';
import { Server } from './server.js';

const ROUNDS = roundsOf(12);
const OFFICES = 4;
const LONGEST_MS = 700;

describe('two nodes over one log, one of which is killed while four offices record', () => {
  let store: EventStoreServer;
  const servers = new Set<Server>();
  const on = async (folder: string) => {
    const server = await Server.on(folder, { env: { RELIEF_EVENT_STORE: store.connectionString } });
    servers.add(server);
    return server;
  };
  const end = async (server: Server, signal: 'SIGKILL' | 'SIGTERM') => {
    servers.delete(server);
    await server.end(signal);
  };

  beforeAll(async () => void (store = await EventStoreServer.start({ statsEvery: 10 })));
  afterAll(async () => {
    await Promise.all([...servers].map((server) => end(server, 'SIGKILL')));
    await store.stop();
  });

  it(`keeps every answered command exactly once, on both nodes, in ${ROUNDS} rounds`, async () => {
    announce('node killed', ROUNDS);
    const chance = new Chance('killed nodes');
    const folders = upTo(2).map(() => join(newFolder(), 'data'));
    const offices = upTo(OFFICES).map((n) => new FieldOffice(`OFFICE${n}`));
    let nodes = await Promise.all(folders.map(on));
    await registerOrganisations(nodes[0]!);
    for (const round of upTo(ROUNDS)) {
      const victim = round % 2;
      const working = offices.map((office, n) => office.keepRecording(nodes[n % 2]!));
      await pause(chance.next() * LONGEST_MS);
      await end(nodes[victim]!, 'SIGKILL');
      // Whoever was cut off goes on at the other node, under the same keys.
      const survivor = nodes[1 - victim]!;
      const moved = offices.map(
        async (office, n) => n % 2 !== victim || (await working[n], await office.record(survivor)),
      );
      expect(await Promise.all(moved)).toEqual(upTo(OFFICES).map(() => true));
      await end(survivor, round % 4 < 2 ? 'SIGTERM' : 'SIGKILL');
      await Promise.all(working);

      const answered = offices.flatMap((office) => office.answered);
      for (const folder of folders) {
        const { log, broken } = await booksOf(folder, store.connectionString);
        expect([round, broken]).toEqual([round, []]);
        expect([round, brokenPromises(answered, log)]).toEqual([round, []]);
      }
      if (round < ROUNDS - 1) nodes = await Promise.all(folders.map(on));
    }
    expect(offices.flatMap(({ answered }) => answered).length).toBeGreaterThan(ROUNDS);
  }, 240_000);
});
