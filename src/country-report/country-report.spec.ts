// country report: from totals to rows.
import type { ReportedBucket } from '../goods-ledger/account.js';
import type { Total } from '../goods-ledger/as-of.js';
import { countryRows, QUANTITY_COLUMNS } from './country-report.js';

const total = (destination: string, bucket: ReportedBucket, quantity: number, item = 'MASK'): Total => ({
  ...{ destination, item, bucket, quantity },
});
const rows = (...totals: Total[]) => countryRows(totals, (item) => (item === 'NAT-KIT' ? 'kit' : 'piece'));
const nothing = Object.fromEntries(QUANTITY_COLUMNS.map((column) => [column, 0]));

describe('the country report', () => {
  it('is empty when nothing was recorded', () => {
    expect(rows()).toEqual([]);
  });

  it.each`
    bucket                  | columns
    ${'pledged'}            | ${{ pledged: 7 }}
    ${'atHub'}              | ${{ atHub: 7 }}
    ${'inTransit'}          | ${{ inTransit: 7 }}
    ${'deliveredReported'}  | ${{ delivered: 7 }}
    ${'deliveredConfirmed'} | ${{ delivered: 7, deliveredConfirmed: 7 }}
    ${'rejected'}           | ${{ rejected: 7 }}
    ${'damaged'}            | ${{ damaged: 7 }}
    ${'lost'}               | ${{ lost: 7 }}
    ${'returned'}           | ${{ returned: 7 }}
    ${'unexplained'}        | ${{ unexplained: 7 }}
  `('shows $bucket as $columns', ({ bucket, columns }) => {
    expect(rows(total('IT', bucket, 7))).toEqual([
      { country: 'IT', item: 'MASK', unit: 'piece', ...nothing, ...columns },
    ]);
  });

  it('counts confirmed deliveries among all deliveries', () => {
    expect(rows(total('IT', 'deliveredReported', 100), total('IT', 'deliveredConfirmed', 380))).toMatchObject([
      { delivered: 480, deliveredConfirmed: 380 },
    ]);
  });

  it('shows a surplus as a negative figure', () => {
    expect(rows(total('IT', 'unexplained', -8))).toMatchObject([{ unexplained: -8 }]);
  });

  it('has one row per destination and item, with the unit of the item', () => {
    expect(
      rows(total('IT', 'pledged', 500), total('IT', 'atHub', 480), total('IT', 'pledged', 9, 'NAT-KIT')),
    ).toMatchObject([
      { item: 'MASK', unit: 'piece', pledged: 500, atHub: 480 },
      { item: 'NAT-KIT', unit: 'kit', pledged: 9, atHub: 0 },
    ]);
  });

  it('lists countries by code, then what no country has yet', () => {
    const destinations = ['undecided', 'SI', 'BE+FR', 'IT', 'Africa'];
    expect(
      rows(...destinations.map((to) => total(to, 'pledged', 1))).map(({ country, destination }) => [
        country,
        destination,
      ]),
    ).toEqual([
      ['IT', undefined],
      ['SI', undefined],
      [null, 'Africa'],
      [null, 'BE+FR'],
      [null, 'undecided'],
    ]);
  });

  it('names the destination only where there is no country', () => {
    expect(rows(total('IT', 'pledged', 1))[0]).not.toHaveProperty('destination');
  });
});
