// scenario: the power goes in the middle of an import.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { countries, ended, Folder, relief, start } from '../support/cli.js';

const SOURCE = new URL('../data/scms-delivery-history.csv.gz', import.meta.url);
const MAPPING = fileURLToPath(new URL('../../data/mappings/scms.json', import.meta.url));
const LINES = 3_000;
/** Each try is killed a little later than the one before, until one lives to its end: kills fall before, in and behind the rows. */
const FIRST_KILL_MS = 350;
const LATER_MS = 150;

const folder = new Folder();
const file = folder.file('part.csv');

beforeAll(() => {
  const text = gunzipSync(readFileSync(SOURCE)).toString('utf8');
  writeFileSync(
    file,
    text
      .split('\n')
      .slice(0, LINES + 1)
      .join('\n'),
  );
});
afterAll(() => folder.remove());

/** Events of the default catalogue: what every folder holds before its first row. */
const CATALOGUE = 266;

/** Imports, and kills the import after so many milliseconds; false when it had ended by then. */
async function isKilled(milliseconds: number, data: string): Promise<boolean> {
  const child = start(['import', file, '--mapping', MAPPING, '--data', data]);
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const { signal } = await ended(child);
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

function eventsIn(data: string): number {
  if (!existsSync(join(data, 'events.db'))) return 0;
  const db = new DatabaseSync(join(data, 'events.db'));
  const known = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'events'").get();
  const events = known ? Number(db.prepare('SELECT count(*) AS events FROM events').get()!['events']) : 0;
  db.close();
  return events;
}

describe('An import that is killed and run again', () => {
  it('loses nothing, repeats nothing, and ends as if it had never been killed', async () => {
    const [whole, killed] = [folder.file('whole'), folder.file('killed')];
    expect((await relief('import', file, '--mapping', MAPPING, '--data', whole)).code).toBe(0);
    const left: number[] = [];
    for (let milliseconds = FIRST_KILL_MS; await isKilled(milliseconds, killed); milliseconds += LATER_MS) {
      left.push(eventsIn(killed));
    }
    expect((await relief('import', file, '--mapping', MAPPING, '--data', killed)).code).toBe(0);

    const [once, again] = [await countries(whole), await countries(killed)];
    expect(again.rows).toEqual(once.rows);
    expect(again.asOf.events).toBe(once.asOf.events);
    // What a kill left behind is never less than before, and some kills fell between the first row and the last.
    expect(left).toEqual([...left].sort((a, b) => a - b));
    expect(left.filter((events) => events > CATALOGUE && events < once.asOf.events)).not.toEqual([]);
    const { out, code } = await relief('verify', '--data', killed);
    expect(out).toContain('The books are in order.');
    expect(code).toBe(0);
  }, 240_000);
});
