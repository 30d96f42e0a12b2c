// Fault: a second process on the folder. One writes; others read beside it or are turned away.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newFolder } from '../contract/folder.js';
import { upTo } from '../contract/proposed.js';
import { countries, relief } from '../support/cli.js';
import { brokenPromises } from './answered.js';
import { booksOf } from './books.js';
import { FieldOffice, registerOrganisations } from './field-office.js';
import { Server } from './server.js';

const HISTORY = fileURLToPath(new URL('../../data/demo/march-2020.csv', import.meta.url));
const IN_USE = /^The data folder .* is in use by process \d+, started .*Stop it first, or choose another folder/;

describe('beside a server that records', () => {
  const folder = join(newFolder(), 'data');
  const offices = upTo(3).map((n) => new FieldOffice(`BESIDE${n}`));
  let server: Server;
  let working: Promise<unknown>;

  beforeAll(async () => {
    server = await Server.on(folder);
    await registerOrganisations(server);
    working = Promise.all(offices.map((office) => office.keepRecording(server)));
  }, 30_000);

  it.each([
    ['import', ['import', HISTORY]],
    ['rebuild', ['rebuild']],
    ['second server', ['serve', '--port', '0']],
  ])('no %s is let in, and it is told who is there', async (_, words) => {
    const { code, err } = await relief(...words, '--data', folder);

    expect([code, err]).toEqual([1, expect.stringMatching(IN_USE)]);
  });

  it('a report counts what was recorded before it was asked', async () => {
    const before = offices.map(({ answered }) => answered.length);
    const { asOf } = await countries(folder);
    const { position } = offices[0]!.answered[before[0]! - 1]!;

    expect(asOf.position).toBeGreaterThanOrEqual(position);
  });

  it('verify finds the books in order, as they stood when it began', async () => {
    const { code, out } = await relief('verify', '--data', folder);

    expect([code, out]).toEqual([0, expect.stringContaining('The books are in order.')]);
  });

  it('a backup is a whole log', async () => {
    const restored = newFolder();
    expect((await relief('backup', join(restored, 'events.db'), '--data', folder)).code).toBe(0);

    expect((await booksOf(restored)).broken).toEqual([]);
  });

  it('nothing was lost, doubled or put out of order', async () => {
    offices.forEach((office) => office.stop());
    await working;
    await server.end('SIGTERM');
    const { log, broken } = await booksOf(folder);
    const answered = offices.flatMap((office) => office.answered);

    expect(broken).toEqual([]);
    expect(brokenPromises(answered, log)).toEqual([]);
    expect(answered.length).toBeGreaterThan(10);
  });
});

describe('two imports that begin at the same moment', () => {
  it('record every row once: one of them is turned away, or comes second', async () => {
    const folder = join(newFolder(), 'data');
    const both = await Promise.all(upTo(2).map(() => relief('import', HISTORY, '--data', folder)));

    const turnedAway = both.filter(({ code }) => code !== 0);
    expect(turnedAway.length).toBeLessThan(2);
    for (const { err } of turnedAway) expect(err).toMatch(IN_USE);
    const { log, broken } = await booksOf(folder);
    expect(broken).toEqual([]);
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    expect((await relief('import', HISTORY, '--data', folder)).out).toMatch(/ 0 accepted|0 facts recorded/);
  }, 60_000);
});

describe('a server that was killed', () => {
  it('gives the folder back at once', async () => {
    const folder = join(newFolder(), 'data');
    for (const signal of ['SIGKILL', 'SIGKILL', 'SIGTERM'] as const) await (await Server.on(folder)).end(signal);

    expect((await booksOf(folder)).broken).toEqual([]);
  }, 60_000);
});
