// Fault: bits of events.db flip, or a part of it is cut off. It is said, or it did not touch what is read; never served as truth.
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Recorded } from '../../src/kernel/recorded.js';
import { NO_STREAM } from '../../src/kernel/event-store.js';
import { backup } from '../../src/store/backup.js';
import { DamagedLog } from '../../src/store/damaged-log.js';
import { EVENTS, exists, VIEWS } from '../../src/store/data-folder.js';
import { faultsOfLog } from '../../src/store/log-faults.js';
import { SqliteEventStore } from '../../src/store/sqlite.event-store.js';
import { SqliteLogReader } from '../../src/store/sqlite.log-reader.js';
import { newFolder } from '../contract/folder.js';
import { batch, upTo, whole } from '../contract/proposed.js';
import { relief } from '../support/cli.js';
import { announce, Chance, roundsOf } from './chance.js';

const FLIPS = roundsOf(300);
const CUTS = roundsOf(60);
const LIVE = roundsOf(100);
const OPENED = roundsOf(40);
const STREAMS = 40;
const HISTORY = fileURLToPath(new URL('../../data/demo/march-2020.csv', import.meta.url));
/** Donations of that history whose entries are damaged. */
const DAMAGED = ['JP-2020-1', 'KR-2020-1'];
const LOG = 'the log';

const good = join(newFolder(), EVENTS);
let truth: Recorded[];

beforeAll(async () => {
  announce('events.db flipped and cut', FLIPS + LIVE + OPENED + CUTS);
  const store = await SqliteEventStore.open(good);
  for (const stream of upTo(STREAMS)) {
    for (const part of upTo(3))
      await store.append(`consignment-${stream}`, part * 2 + NO_STREAM, batch(`command ${stream} ${part}`, 2));
  }
  truth = await whole(store);
  await store.close();
});

const streamsOf = (events: readonly Recorded[]) => new Set(events.map(({ stream }) => stream));

function copied(): string {
  const file = join(newFolder(), EVENTS);
  copyFileSync(good, file);
  return file;
}

/** Flips one bit of the file in its place. */
function flip(file: string, chance: Chance): void {
  const bytes = readFileSync(file);
  const at = chance.below(bytes.length);
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.of(bytes[at]! ^ (1 << chance.below(8))), 0, 1, at);
  closeSync(handle);
}

/** Reads everything in both orders; the reads that gave something else than the truth and did not say so. */
async function liesOf(log: Pick<SqliteEventStore, 'readAll' | 'readStream'>): Promise<string[]> {
  const lies: string[] = [];
  const check = async (what: string, read: () => Promise<Recorded[]>, expected: unknown) => {
    const outcome = await read().then(
      (entries) => JSON.stringify(entries) === JSON.stringify(expected),
      (error: unknown) => error instanceof DamagedLog,
    );
    if (!outcome) lies.push(what);
  };
  await check(LOG, () => whole(log, 50), truth);
  for (const stream of streamsOf(truth)) {
    const entries = truth.filter((entry) => entry.stream === stream);
    await check(stream, () => log.readStream(stream), entries);
  }
  return lies;
}

/** A reader beside the writer; nothing when it said at once that the log is damaged. */
function readerOf(file: string): SqliteLogReader | undefined {
  try {
    return new SqliteLogReader(file);
  } catch (error) {
    expect(error).toBeInstanceOf(DamagedLog);
    return undefined;
  }
}

describe('a log with a flipped bit', () => {
  it(`is read as it was written or not at all, in ${FLIPS} rounds`, async () => {
    const chance = new Chance('flips');
    let said = 0;
    for (const round of upTo(FLIPS)) {
      const file = copied();
      flip(file, chance);
      const reader = readerOf(file);
      expect([round, reader ? await liesOf(reader) : []]).toEqual([round, []]);
      await reader?.close();
      if (!reader) said++;
      rmSync(file);
    }
    expect(said).toBeGreaterThan(FLIPS / 10);
  }, 120_000);

  it(`that flipped while the log was open is said by the read, or listed by verify, in ${LIVE} rounds`, async () => {
    const chance = new Chance('live flips');
    let said = 0;
    for (const round of upTo(LIVE)) {
      const file = copied();
      const reader = new SqliteLogReader(file);
      flip(file, chance);
      const lies = await liesOf(reader);
      await reader.close();
      const { faults } = faultsOfLog(file);
      // What fell out of the index is not missed by a read of that stream alone; the whole log is never read wrong.
      expect([round, lies.filter((what) => what === LOG)]).toEqual([round, []]);
      if (lies.length > 0) expect([round, faults]).not.toEqual([round, []]);
      if (faults.length > 0) said++;
      rmSync(file);
    }
    expect(said).toBeGreaterThan(LIVE / 10);
  }, 120_000);

  it(`is opened for writing only when everything in it is the truth, in ${OPENED} rounds`, async () => {
    const chance = new Chance('opened flips');
    let refused = 0;
    for (const round of upTo(OPENED)) {
      const file = copied();
      flip(file, chance);
      const before = readFileSync(file);
      const store = await SqliteEventStore.open(file).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).message).toContain(file);
        return undefined;
      });
      if (store) {
        expect([round, await liesOf(store)]).toEqual([round, []]);
        await store.close();
      } else {
        refused++;
        expect(readFileSync(file).equals(before)).toBe(true);
      }
    }
    expect(refused).toBeGreaterThan(0);
  }, 120_000);
});

describe('a log that was cut off', () => {
  it(`is never read as a shorter one, in ${CUTS} rounds`, async () => {
    const chance = new Chance('cuts');
    for (const round of upTo(CUTS)) {
      const file = copied();
      truncateSync(file, 1 + chance.below(statSync(file).size - 1));
      const reader = readerOf(file);
      expect([round, reader ? await liesOf(reader) : []]).toEqual([round, []]);
      await reader?.close();
      expect([round, faultsOfLog(file).faults]).not.toEqual([round, []]);
    }
  }, 60_000);

  it('is refused for writing, with its name and what to do, and left as it is', async () => {
    const file = copied();
    truncateSync(file, 8_192);
    const before = readFileSync(file);

    const refusal = expect(SqliteEventStore.open(file)).rejects;
    await refusal.toThrow(
      /events\.db is damaged: parts of it are cut off or overwritten .*Restore the latest backup into an empty folder/,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    await expect(backup(join(file, '..'), join(newFolder(), 'backup.db'))).rejects.toBeInstanceOf(DamagedLog);
  });

  it.each([
    ['its reports', VIEWS],
    ['its newest entries', `${EVENTS}-wal`],
    ['its attachments', 'attachments'],
  ])('to nothing, or is gone, is not a new log where %s lie beside it', async (_, trace) => {
    for (const gone of [false, true]) {
      const folder = newFolder();
      const file = join(folder, EVENTS);
      writeFileSync(join(folder, trace), 'kept');
      if (!gone) writeFileSync(file, '');
      const said = `${file} is damaged: it is ${gone ? 'gone' : 'empty'}, and ${trace} beside it says that there was a log`;

      await expect(SqliteEventStore.open(file)).rejects.toThrow(said);
      expect(() => new SqliteLogReader(file)).toThrow(said);
      expect(() => exists(folder)).toThrow(said);
      await expect(backup(folder, join(newFolder(), 'backup.db'))).rejects.toThrow(said);
      expect(readFileSync(join(folder, trace), 'utf8')).toBe('kept');
      expect(existsSync(file)).toBe(!gone);
    }
  });

  it('to nothing is a new log where nothing was ever in use', async () => {
    const file = join(newFolder(), EVENTS);
    writeFileSync(file, '');
    const store = await SqliteEventStore.open(file);

    expect(await store.append('donation-A', NO_STREAM, batch('first', 1))).toEqual({ version: 0, position: 1 });
    await store.close();
  });
});

describe('relief verify on a damaged log', () => {
  it('lists every entry that was changed, and ends with exit code 1', async () => {
    const folder = newFolder();
    const file = join(folder, EVENTS);
    expect((await relief('import', HISTORY, '--data', folder)).code).toBe(0);
    const bytes = readFileSync(file);
    for (const donation of DAMAGED) bytes[bytes.indexOf(`{"donation":"${donation}"`) + 2]! ^= 1;
    writeFileSync(file, bytes);

    const { code, out } = await relief('verify', '--data', folder);

    expect(code).toBe(1);
    expect(out).toMatch(/BROKEN +The file of the log is whole\./);
    for (const donation of DAMAGED)
      expect(out).toMatch(new RegExp(`the entry at position \\d+, version \\d+ of donation-${donation}, was changed`));
    expect(out).toContain('The books are NOT in order.');
  });
});
