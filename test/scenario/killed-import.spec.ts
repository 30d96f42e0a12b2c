// scenario: the power goes in the middle of an import.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { countries, ended, Folder, relief, start } from '../support/cli.js';

const SOURCE = new URL('../data/scms-delivery-history.csv.gz', import.meta.url);
const MAPPING = fileURLToPath(new URL('../../data/mappings/scms.json', import.meta.url));
const LINES = 3_000;
/** Seeded, so that a failure can be seen again. */
const KILLED_AFTER_MS = [350, 500, 650, 800, 950, 1_100, 1_300, 1_600];

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

describe('An import that is killed and run again', () => {
  it('loses nothing, repeats nothing, and ends as if it had never been killed', async () => {
    const [whole, killed] = [folder.file('whole'), folder.file('killed')];
    expect((await relief('import', file, '--mapping', MAPPING, '--data', whole)).code).toBe(0);
    let cut = 0;
    for (const milliseconds of KILLED_AFTER_MS) {
      const child = start(['import', file, '--mapping', MAPPING, '--data', killed]);
      const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
      if ((await ended(child)).signal === 'SIGKILL') cut++;
      clearTimeout(timer);
    }
    expect(cut).toBeGreaterThan(0);
    expect((await relief('import', file, '--mapping', MAPPING, '--data', killed)).code).toBe(0);

    const [once, again] = [await countries(whole), await countries(killed)];
    expect(again.rows).toEqual(once.rows);
    expect(again.asOf.events).toBe(once.asOf.events);
    const { out, code } = await relief('verify', '--data', killed);
    expect(out).toContain('The books are in order.');
    expect(code).toBe(0);
  }, 120_000);
});
