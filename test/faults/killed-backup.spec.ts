// Fault: SIGKILL while the log is copied. A file with the name of a backup is a whole one, or is not there.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NO_STREAM } from '../../src/kernel/event-store.js';
import { EVENTS } from '../../src/store/data-folder.js';
import { SqliteEventStore } from '../../src/store/sqlite.event-store.js';
import { SqliteLogReader } from '../../src/store/sqlite.log-reader.js';
import { newFolder } from '../contract/folder.js';
import { batch, upTo } from '../contract/proposed.js';
import { ended, relief, start } from '../support/cli.js';
import { announce, Chance, roundsOf } from './chance.js';

const ROUNDS = roundsOf(15);
const STREAMS = 3_000;
const EVENTS_EACH = 8;

const data = newFolder();
const file = join(newFolder(), 'backup.db');
let wholeMs: number;

/** True when the copy holds all of the log. */
async function isWhole(): Promise<boolean> {
  const copy = new SqliteLogReader(file);
  try {
    return copy.head() === STREAMS * EVENTS_EACH && (await copy.readStream(`donation-${STREAMS - 1}`)).length === 8;
  } finally {
    await copy.close();
  }
}

const clear = () => ['', '-wal', '-shm'].forEach((ending) => rmSync(`${file}${ending}`, { force: true }));

beforeAll(async () => {
  announce('backup killed', ROUNDS);
  const store = await SqliteEventStore.open(join(data, EVENTS));
  await Promise.all(upTo(STREAMS).map((n) => store.append(`donation-${n}`, NO_STREAM, batch(`of ${n}`, EVENTS_EACH))));
  await store.close();
  const started = performance.now();
  expect((await relief('backup', file, '--data', data)).code).toBe(0);
  wholeMs = performance.now() - started;
  expect(await isWhole()).toBe(true);
  clear();
}, 60_000);

describe('a backup that is killed', () => {
  it(`leaves no file of that name, or a whole one, in ${ROUNDS} rounds`, async () => {
    const chance = new Chance('killed backup');
    let absent = 0;
    for (const round of upTo(ROUNDS)) {
      const child = start(['backup', file, '--data', data]);
      const timer = setTimeout(() => child.kill('SIGKILL'), (0.5 + chance.next() * 0.6) * wholeMs);
      await ended(child);
      clearTimeout(timer);
      if (existsSync(file)) expect([round, await isWhole()]).toEqual([round, true]);
      else absent++;
      clear();
    }
    expect(absent).toBeGreaterThan(0);
  }, 120_000);

  it('can be made again under the same name', async () => {
    expect((await relief('backup', file, '--data', data)).code).toBe(0);
    expect(await isWhole()).toBe(true);
    expect(existsSync(`${file}.part`)).toBe(false);
  });
});
