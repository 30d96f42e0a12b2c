// scenario: ten years of deliveries from a foreign spreadsheet.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { countries, Folder, relief } from '../support/cli.js';

const SOURCE = new URL('../data/scms-delivery-history.csv.gz', import.meta.url);
const ANSWERS = new URL('../data/scms-known-answers.json', import.meta.url);
const MAPPING = new URL('../../data/mappings/scms.json', import.meta.url);

interface KnownAnswers {
  readonly totalQuantity: number;
  readonly allCountriesQuantity: Readonly<Record<string, number>>;
}

interface MappingFile {
  readonly maps: { readonly countries: { readonly values: Readonly<Record<string, string>> } };
}

const json = <T>(file: URL) => JSON.parse(readFileSync(file, 'utf8')) as T;
const folder = new Folder();
const data = folder.file('data');
const file = folder.file('scms.csv');
const load = (...options: string[]) =>
  relief('import', file, '--mapping', MAPPING.pathname, '--data', data, ...options);

beforeAll(() => writeFileSync(file, gunzipSync(readFileSync(SOURCE))));
afterAll(() => folder.remove());

describe('The SCMS delivery history', () => {
  it('can be tried without recording anything', async () => {
    const { out, code } = await load('--dry-run');
    expect(out).toContain('10,324 would be accepted, 0 already there, 0 would be refused');
    expect(code).toBe(0);
    expect((await relief('report', 'countries', '--data', data)).err).toContain('There is no log in');
  }, 60_000);

  it('comes in whole', async () => {
    const { out, code } = await load();
    expect(out).toContain('10,324 accepted, 0 already there, 0 refused');
    expect(code).toBe(0);
  }, 60_000);

  it('gives every country what the file says', async () => {
    const { totalQuantity, allCountriesQuantity } = json<KnownAnswers>(ANSWERS);
    const codes = json<MappingFile>(MAPPING).maps.countries.values;
    const delivered: Record<string, number> = {};
    for (const row of (await countries(data)).rows)
      delivered[row.country!] = (delivered[row.country!] ?? 0) + row.delivered;
    const expected = Object.fromEntries(
      Object.entries(allCountriesQuantity).map(([name, quantity]) => [codes[name], quantity]),
    );
    expect(delivered).toEqual(expected);
    expect(Object.keys(delivered)).toHaveLength(43);
    expect(Object.values(delivered).reduce((sum, quantity) => sum + quantity, 0)).toBe(totalQuantity);
  });

  it.each([
    // happened up to   known up to     delivered
    ['2014-09-30', '2014-09-30', 158_833_496],
    ['2014-09-30', '2015-12-31', 160_030_294],
  ])('until %s, known on %s: delivered %i', async (until, knownAt, quantity) => {
    const { rows } = await countries(data, '--until', until, '--known-at', knownAt);
    expect(rows.reduce((sum, row) => sum + row.delivered, 0)).toBe(quantity);
  });

  it('adds nothing when it is loaded again', async () => {
    const { asOf } = await countries(data);
    const { out } = await load();
    expect(out).toContain('0 accepted, 10,324 already there, 0 refused; 0 facts recorded');
    expect((await countries(data)).asOf).toEqual(asOf);
  }, 60_000);

  it('leaves clean books', async () => {
    const { out, code } = await relief('verify', '--data', data);
    expect(out).toContain('The books are in order.');
    expect(code).toBe(0);
  }, 60_000);
});
