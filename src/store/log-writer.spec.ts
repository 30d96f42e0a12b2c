// store: the writer remembers where streams stand, and parts appends only when the file refuses one; nobody notices.
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { newFolder } from '../../test/contract/folder.js';
import { batch, proposed, upTo } from '../../test/contract/proposed.js';
import { NO_STREAM } from '../kernel/event-store.js';
import type { Proposed } from '../kernel/recorded.js';
import { payloads } from './envelope.js';
import { LogWriter, type AppendRequest } from './log-writer.js';
import { SqliteLogReader } from './sqlite.log-reader.js';

/** The table takes whole schema numbers only. */
const REFUSED = { ...proposed('refused', 1), schema: 1.5 };
const FAILURE = { failure: expect.objectContaining({ message: expect.stringMatching(/REAL value/) }) };

let file: string;
let writer: LogWriter;

beforeEach(() => {
  file = join(newFolder(), 'events.db');
  writer = new LogWriter(file);
});
afterEach(() => writer.close());

const request = (stream: string, expected: number, events: Proposed[]): AppendRequest => ({
  ...{ stream, expected, events: payloads(events) },
});

/** Versions by stream, in the order of the log, which a reader finds without gaps. */
async function stored(): Promise<string[]> {
  const reader = new SqliteLogReader(file);
  const entries = await reader.readAll(0, 1_000);
  await reader.close();
  return entries.map(({ stream, version }) => `${stream} ${version}`);
}

describe('an append that the file refuses', () => {
  it.each([
    ['of one event', [REFUSED]],
    ['of several, after the first of them', [proposed('refused', 0), REFUSED]],
  ])('%s leaves its stream, its neighbours and their positions as if it had never come', async (_, refused) => {
    const results = writer.write([
      request('donation-A', NO_STREAM, batch('one', 1)),
      request('donation-A', 0, refused),
      request('donation-B', NO_STREAM, refused),
      request('donation-A', 0, batch('two', 2)),
      request('donation-B', NO_STREAM, batch('three', 1)),
    ]);

    expect(results).toEqual([1, FAILURE, FAILURE, 3, 4]);
    expect(await stored()).toEqual(['donation-A 0', 'donation-A 1', 'donation-A 2', 'donation-B 0']);
  });

  it.each([
    ['of one event', [REFUSED]],
    ['of several, after the first of them', [proposed('refused', 0), REFUSED]],
  ])('%s and is alone leaves nothing behind', async (_, refused) => {
    expect(writer.write([request('donation-A', NO_STREAM, refused)])).toEqual([FAILURE]);
    expect(writer.write([request('donation-A', NO_STREAM, batch('one', 2))])).toEqual([2]);
    expect(writer.write([request('donation-A', 1, refused)])).toEqual([FAILURE]);

    expect(writer.write([request('donation-A', 1, batch('two', 1))])).toEqual([3]);
    expect(await stored()).toEqual(['donation-A 0', 'donation-A 1', 'donation-A 2']);
  });
});

describe('a transaction that the file does not take', () => {
  it('leaves every stream where it stood before', async () => {
    writer.write([request('donation-A', NO_STREAM, batch('one', 1))]);
    const { db } = writer as unknown as { db: DatabaseSync };
    const pages = Number(db.prepare('PRAGMA page_count').get()!['page_count']);
    db.exec(`PRAGMA max_page_count = ${pages}`);
    const full = upTo(40).map((n) => request(`donation-${n}`, NO_STREAM, batch(`full ${n}`, 5)));

    expect(writer.write([request('donation-A', 0, batch('two', 1)), ...full])).toEqual(
      Array.from({ length: 41 }, () => ({ failure: expect.objectContaining({ errcode: 13 }) })),
    );

    db.exec('PRAGMA max_page_count = 1000000');
    expect(writer.write([request('donation-A', 0, batch('two', 1))])).toEqual([2]);
    expect(await stored()).toEqual(['donation-A 0', 'donation-A 1']);
  });
});

describe('more streams than are remembered', () => {
  it('stand where they were left, those of long ago and those of just now', () => {
    const streams = upTo(25_000).map((n) => `donation-${n}`);
    writer.write(streams.map((stream) => request(stream, NO_STREAM, batch('first', 1))));
    writer.write([request('donation-1', 0, batch('again', 1)), request('donation-24000', 0, batch('again', 1))]);
    const asked = ['donation-0', 'donation-1', 'donation-11000', 'donation-24000', 'donation-24999'];

    const found = writer.write(asked.map((stream) => request(stream, 9, batch('late', 1))));

    expect(found.map((result) => (result as { actual: number }).actual)).toEqual([0, 1, 0, 1, 0]);
  });
});
