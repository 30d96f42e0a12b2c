// Fault: SIGKILL while people record over HTTP. Whoever got no answer asks again; nobody's entry is lost or doubled.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newFolder } from '../contract/folder.js';
import { upTo } from '../contract/proposed.js';
import { brokenPromises } from './answered.js';
import { booksOf } from './books.js';
import { announce, Chance, roundsOf } from './chance.js';
import { FieldOffice, registerOrganisations } from './field-office.js';
import { Server } from './server.js';

const ROUNDS = roundsOf(30);
const ROUNDS_PER_FOLDER = 10;
const OFFICES = 4;
const LONGEST_MS = 700;

describe('a server that is killed while four offices record', () => {
  it(`keeps every answered command exactly once and its books in order, in ${ROUNDS} rounds`, async () => {
    announce('server killed', ROUNDS);
    const chance = new Chance('killed server');
    let folder = '';
    let offices: FieldOffice[] = [];
    const everybody: FieldOffice[] = [];
    for (const round of upTo(ROUNDS)) {
      if (round % ROUNDS_PER_FOLDER === 0) {
        folder = join(newFolder(), 'data');
        offices = upTo(OFFICES).map((n) => new FieldOffice(`OFFICE${n}`));
        everybody.push(...offices);
      }
      const server = await Server.on(folder);
      await registerOrganisations(server);
      const working = Promise.all(offices.map((office) => office.keepRecording(server)));
      await pause(chance.next() * LONGEST_MS);
      await server.end('SIGKILL');
      await working;

      const { log, broken } = await booksOf(folder);
      const answered = offices.flatMap((office) => office.answered);
      expect([round, broken]).toEqual([round, []]);
      expect([round, brokenPromises(answered, log)]).toEqual([round, []]);
    }
    expect(everybody.flatMap(({ answered }) => answered).length).toBeGreaterThan(ROUNDS);
  }, 240_000);
});
