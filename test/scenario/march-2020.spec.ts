// scenario: the history of March 2020, as the public tables told it day by day.
import { countries, Folder, relief, type CountryReport } from '../support/cli.js';

const data = new Folder();

beforeAll(async () => {
  const { code, out } = await relief('demo', '--no-serve', '--data', data.file('demo'));
  expect(out).toContain('0 refused');
  expect(code).toBe(0);
}, 60_000);

afterAll(() => data.remove());

const asked = new Map<string, Promise<CountryReport>>();

/** Pledged pieces of an item: for a country or destination, or over all rows. */
async function pledged(knownAt: string, item: string, where?: string): Promise<number> {
  if (!asked.has(knownAt)) asked.set(knownAt, countries(data.file('demo'), '--known-at', knownAt));
  const { rows } = await asked.get(knownAt)!;
  const meant = rows.filter(
    (row) => row.item === item && (where === undefined || where === (row.country ?? row.destination)),
  );
  return meant.reduce((sum, row) => sum + row.pledged, 0);
}

describe('What was pledged, as known on', () => {
  it.each([
    // known at              item                   where          pledged
    ['2020-03-15T16:00Z', 'MASK', 'IR', 100_000],
    ['2020-03-16T12:00Z', 'MASK', 'IR', 1_000_000],
    ['2020-03-15T16:00Z', 'TEST-KIT', 'IR', 10_000],
    ['2020-03-16T12:00Z', 'TEST-KIT', 'IR', 100_000],
    ['2020-03-16T12:00Z', 'MASK', 'IT', 1_000_000],
    ['2020-03-16T12:00Z', 'MASK', 'ES', 500_000],
    ['2020-03-16T12:00Z', 'MASK', 'BE', 500_000],
    ['2020-03-18T12:00Z', 'MASK', 'Europe', 2_000_000],
    ['2020-03-18T12:00Z', 'MASK', 'IT', 0],
    ['2020-03-20T20:00Z', 'MASK', 'Europe', 3_500_000],
    ['2020-03-18T01:00Z', 'TEST-KIT', 'Africa', 7_100_000],
    ['2020-03-18T01:00Z', 'MASK', 'Africa', 0],
    ['2020-03-18T12:00Z', 'TEST-KIT', 'Africa', 1_100_000],
    ['2020-03-18T12:00Z', 'MASK', 'Africa', 6_000_000],
    ['2020-03-20T20:00Z', 'MASK', 'ID+MY+PH+TH', 2_000_000],
  ])('%s: %s for %s is %i', async (knownAt, item, where, quantity) => {
    expect(await pledged(knownAt, item, where)).toBe(quantity);
  });

  it.each([
    // Committed at, in UTC        masks        kits
    ['2020-03-15T17:18:31Z', 6_300_000, 1_830_000],
    ['2020-03-17T23:13:26Z', 6_300_000, 7_930_000],
    ['2020-03-18T00:48:23Z', 6_300_000, 7_930_000],
    ['2020-03-18T01:48:36Z', 12_300_000, 1_930_000],
    ['2020-03-18T15:32:00Z', 12_300_000, 1_930_000],
    ['2020-03-18T15:43:16Z', 13_800_000, 1_930_000],
    ['2020-03-20T12:24:08Z', 15_800_000, 2_080_000],
  ])('the table of %s adds up to %i masks and %i kits', async (knownAt, masks, kits) => {
    expect([await pledged(knownAt, 'MASK'), await pledged(knownAt, 'TEST-KIT')]).toEqual([masks, kits]);
  });
});

describe('The totals of 31 March 2020', () => {
  it('say what went through Liege and what did not', async () => {
    const { rows } = await countries(data.file('demo'), '--until', '2020-03-31', '--item', 'MASK');
    const of = (where: string) => rows.find(({ country, destination }) => where === (country ?? destination));
    expect(of('IT')).toMatchObject({ delivered: 500_000, inTransit: 0 });
    expect(of('ES')).toMatchObject({ delivered: 0, inTransit: 500_000, atHub: 0 });
    expect(of('BE+FR+SI')).toMatchObject({ country: null, atHub: 1_200_000 });
  });

  it('are clean', async () => {
    const { code, out } = await relief('verify', '--data', data.file('demo'));
    expect(out).toContain('The books are in order.');
    expect(code).toBe(0);
  });

  it('stay the same when the history is played again', async () => {
    const before = await countries(data.file('demo'));
    const { out } = await relief('demo', '--no-serve', '--data', data.file('demo'));
    expect(out).toContain('0 accepted, 148 already there, 0 refused');
    expect(await countries(data.file('demo'))).toEqual(before);
  });

  it('stay the same when the reports are made anew', async () => {
    const before = await countries(data.file('demo'));
    expect((await relief('rebuild', '--data', data.file('demo'))).code).toBe(0);
    expect(await countries(data.file('demo'))).toEqual(before);
  });
});
