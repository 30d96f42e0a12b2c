// Fault: SIGKILL while the reports are made anew. Whatever is asked next is answered right.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newFolder } from '../contract/folder.js';
import { upTo } from '../contract/proposed.js';
import { countries, ended, relief, start } from '../support/cli.js';
import { booksOf, type Books } from './books.js';
import { announce, Chance, roundsOf } from './chance.js';

const ROUNDS = roundsOf(30);
/** Every so many rounds the question is asked on the command line, as people do; otherwise in this process. */
const ASKED_EVERY = 6;
const HISTORY = fileURLToPath(new URL('../../data/demo/march-2020.csv', import.meta.url));

const data = join(newFolder(), 'data');
let truth: Books;
let wholeMs: number;

beforeAll(async () => {
  announce('rebuild killed', ROUNDS);
  expect((await relief('import', HISTORY, '--data', data)).code).toBe(0);
  truth = await booksOf(data);
  const started = performance.now();
  expect((await relief('rebuild', '--data', data)).code).toBe(0);
  wholeMs = performance.now() - started;
}, 60_000);

/** True when it was killed before it ended. */
async function isKilled(milliseconds: number): Promise<boolean> {
  const child = start(['rebuild', '--data', data]);
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const { code, signal, err } = await ended(child);
  clearTimeout(timer);
  if (signal !== 'SIGKILL') expect([code, err]).toEqual([0, expect.any(String)]);
  return signal === 'SIGKILL';
}

describe('a rebuild that is killed', () => {
  it(`leaves a folder whose next answer is right, in ${ROUNDS} rounds`, async () => {
    const chance = new Chance('killed rebuild');
    const before = await countries(data);
    let killed = 0;
    for (const round of upTo(ROUNDS)) {
      if (await isKilled((0.3 + chance.next() * 0.8) * wholeMs)) killed++;
      if (round % ASKED_EVERY === 0) {
        expect([round, await countries(data)]).toEqual([round, before]);
        expect((await relief('verify', '--data', data)).out).toContain('The books are in order.');
        continue;
      }
      const { broken, rows, log } = await booksOf(data);
      expect([round, broken]).toEqual([round, []]);
      expect([round, rows]).toEqual([round, truth.rows]);
      expect(log.length).toBe(truth.log.length);
    }
    expect(killed).toBeGreaterThan(0);
    expect((await relief('rebuild', '--data', data)).code).toBe(0);
    expect((await booksOf(data)).rows).toEqual(truth.rows);
  }, 300_000);
});
