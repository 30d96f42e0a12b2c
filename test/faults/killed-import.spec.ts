// Fault: SIGKILL while a file is imported. What stands is in order at every moment, and the same file completes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { newFolder } from '../contract/folder.js';
import { upTo } from '../contract/proposed.js';
import { ended, relief, start } from '../support/cli.js';
import { booksOf, type Books } from './books.js';
import { announce, Chance, roundsOf } from './chance.js';

const ROUNDS = roundsOf(36);
const LINES = 600;
const SOURCE = new URL('../data/scms-delivery-history.csv.gz', import.meta.url);
const MAPPING = fileURLToPath(new URL('../../data/mappings/scms.json', import.meta.url));

const file = join(newFolder(), 'part.csv');
const words = (data: string) => ['import', file, '--mapping', MAPPING, '--data', data];

let whole: Books;
let wholeMs: number;

beforeAll(async () => {
  announce('import killed', ROUNDS);
  const lines = gunzipSync(readFileSync(SOURCE)).toString('utf8').split('\n');
  writeFileSync(file, lines.slice(0, LINES + 1).join('\n'));
  const data = join(newFolder(), 'data');
  const started = performance.now();
  expect((await relief(...words(data))).code).toBe(0);
  wholeMs = performance.now() - started;
  whole = await booksOf(data);
}, 60_000);

/** Starts an import and kills it at a moment of its life; true when it had ended before. */
async function isDoneBefore(milliseconds: number, data: string): Promise<boolean> {
  const child = start(words(data));
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const { code, signal, err } = await ended(child);
  clearTimeout(timer);
  if (signal !== 'SIGKILL') expect([code, err]).toEqual([0, expect.any(String)]);
  return signal !== 'SIGKILL';
}

const commandsOf = ({ log }: Books) => log.map(({ commandId }) => commandId).sort();

describe('an import that is killed again and again', () => {
  it(`leaves books in order after each of ${ROUNDS} kills, and ends as one that was never killed`, async () => {
    const chance = new Chance('killed import');
    let data = join(newFolder(), 'data');
    let before = 0;
    let between = 0;
    for (const round of upTo(ROUNDS)) {
      const done = await isDoneBefore((0.3 + chance.next() * 0.7) * wholeMs, data);
      const books = await booksOf(data);
      expect([round, books.broken]).toEqual([round, []]);
      expect([round, books.log.length]).toEqual([round, Math.max(before, books.log.length)]);
      expect(new Set(books.log.map(({ id }) => id)).size).toBe(books.log.length);
      if (books.log.length > before && !done) between++;
      before = books.log.length;
      if (!done && round < ROUNDS - 1) continue;

      expect((await relief(...words(data))).code).toBe(0);
      const completed = await booksOf(data);
      expect([round, completed.broken]).toEqual([round, []]);
      expect(commandsOf(completed)).toEqual(commandsOf(whole));
      expect(completed.rows).toEqual(whole.rows);
      [data, before] = [join(newFolder(), 'data'), 0];
    }
    // Some kills fell between the first row and the last.
    expect(between).toBeGreaterThan(0);
  }, 300_000);
});
