// Fault: SIGKILL while a process appends. What it answered stands, once; what it did not answer stands whole or not at all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SqliteEventStore } from '../../src/store/sqlite.event-store.js';
import { newFolder } from '../contract/folder.js';
import { ids, rising, upTo, whole } from '../contract/proposed.js';
import { announce, Chance, roundsOf } from './chance.js';
import { appendsIn, planned, streamOf, WRITERS } from './plan.js';

const ROUNDS_PER_LOG = 12;
const LOGS = roundsOf(9);

interface Answered {
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly id: string;
}

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Runs the appender on the file, kills it some milliseconds after its first answer, and says what was answered. */
async function killedAfter(milliseconds: number, file: string): Promise<Answered[]> {
  const options = [
    '--experimental-transform-types',
    '--disable-warning=ExperimentalWarning',
    '--import',
    new URL('../contract/ts-resolve.mjs', import.meta.url).href,
  ];
  const child = spawn(process.execPath, [...options, path('./appender.mjs'), file], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (!text) setTimeout(() => child.kill('SIGKILL'), milliseconds);
    text += String(chunk);
  });
  const [, signal] = (await ended) as [number, string];
  expect(signal).toBe('SIGKILL');
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Answered);
}

const chance = new Chance('killed appends');

beforeAll(() => announce('appends killed', LOGS * ROUNDS_PER_LOG));

describe.each(upTo(LOGS))('a process that appends and is killed (log %i)', () => {
  const file = join(newFolder(), 'events.db');
  const answered: Answered[] = [];

  it(`loses nothing it answered and tears no batch, in ${ROUNDS_PER_LOG} rounds`, async () => {
    for (const round of upTo(ROUNDS_PER_LOG)) {
      const answers = await killedAfter(chance.next() * 120, file);
      expect(answers.length).toBeGreaterThan(0);
      answered.push(...answers);

      const store = await SqliteEventStore.open(file);
      const log = await whole(store);
      await store.close();
      const at = new Map(log.map((fact) => [fact.position, fact]));
      const missing = answered.filter(({ position, ...said }) => {
        const { stream, version, id } = at.get(position) ?? {};
        return (
          JSON.stringify({ stream, version, id }) !==
          JSON.stringify({ stream: said.stream, version: said.version, id: said.id })
        );
      });
      expect([round, missing]).toEqual([round, []]);
      expect(rising(log.map(({ position }) => position))).toBe(true);
      expect(new Set(ids(log)).size).toBe(log.length);
      for (const writer of upTo(WRITERS)) {
        const stream = log.filter((fact) => fact.stream === streamOf(writer));
        const appends = appendsIn(writer, stream.length);
        expect(appends).toBeDefined();
        expect(stream.map(({ version }) => version)).toEqual(upTo(stream.length));
        expect(ids(stream)).toEqual(upTo(appends!).flatMap((n) => ids(planned(writer, n).events)));
      }
    }
  }, 60_000);

  it('adds nothing when every append is made once more, and answers as the first time', async () => {
    const store = await SqliteEventStore.open(file);
    const before = await whole(store);
    const first = new Map(answered.map(({ id, position }) => [id, position]));
    expect(first.size).toBeGreaterThan(ROUNDS_PER_LOG * WRITERS);
    const again = async (writer: number) => {
      const appends = appendsIn(writer, (await store.readStream(streamOf(writer))).length)!;
      for (const n of upTo(appends)) {
        const { stream, expected, events } = planned(writer, n);
        const { position } = await store.append(stream, expected, events);
        const { id } = events.at(-1)!;
        if (first.has(id)) expect([id, position]).toEqual([id, first.get(id)]);
      }
    };
    await Promise.all(upTo(WRITERS).map(again));

    expect(await whole(store)).toEqual(before);
    await store.close();
  });
});
