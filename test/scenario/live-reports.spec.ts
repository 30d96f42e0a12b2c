// scenario: asked as of this very moment, every report says what it says without dates.
import { REPORTS } from '../../src/reports.js';
import { House } from '../support/house.js';

let house: House;

/** What must be named to ask a report anything; a statement and an explanation have dates of their own. */
const QUESTIONS: Readonly<Record<string, object>> = {
  countries: {},
  donation: { donation: 'GIFT' },
  lot: { item: 'MASK', lot: 'L-1' },
  serial: { item: 'MASK', serial: 'SN-1' },
  flights: {},
  expiring: { on: '2022-01-01', within: 365 },
  exceptions: {},
  discrepancies: {},
  'hub-stock': { hub: 'BELGG' },
  demand: {},
  'duty-relief': {},
};
const OWN_DATES = ['statement', 'explain'];

beforeAll(async () => {
  house = await House.open();
  const happenedAt = '2020-03-10';
  const goods = { item: 'MASK', donation: 'GIFT', lot: 'L-1' };
  const [leg, at] = [{ consignment: 'LGG-1' }, { consignment: 'LGG-1', place: 'BELGG' }];
  const history: [string, object][] = [
    ['RegisterOrganisation', { organisation: 'JMF', name: 'Jack Ma Foundation' }],
    ['PledgeDonation', { donation: 'GIFT', donor: 'JMF', lines: [{ item: 'MASK', quantity: 500, destination: 'IT' }] }],
    ['RecordRequest', { request: 'REQ-1', country: 'IT', item: 'MASK', quantity: 900, neededBy: '2020-03-20' }],
    [
      'DispatchConsignment',
      {
        ...{ ...leg, from: 'CNHGH', to: 'BELGG', mode: 'air', vehicle: '3V 808' },
        lines: [{ ...goods, quantity: 480, destination: 'IT', expiry: '2022-06-30', serials: ['SN-1'] }],
      },
    ],
    [
      'RecordReceipt',
      { ...leg, hub: 'BELGG', complete: true, grn: 'GRN-1', lines: [{ ...goods, good: 460, damaged: 8 }] },
    ],
    ['RecordCustomsClearance', { ...at, mrn: '24GB1FR25DIMDJF1M4', reliefBasis: 'Decision (EU) 2020/491' }],
    [
      'DispatchConsignment',
      { consignment: 'ROM-1', from: 'BELGG', to: 'IT', lines: [{ item: 'MASK', quantity: 200 }] },
    ],
    [
      'RecordDelivery',
      { consignment: 'ROM-1', recipient: 'JMF', proof: 'reported', lines: [{ item: 'MASK', accepted: 150 }] },
    ],
    ['HoldLot', { item: 'MASK', lot: 'L-1', reason: 'filter' }],
  ];
  for (const [name, body] of history) await house.record(name, { happenedAt, ...body });
});
afterAll(() => house.close());

describe('Every report of the house', () => {
  it('is asked here, or has dates of its own', () => {
    expect([...Object.keys(QUESTIONS), ...OWN_DATES].sort()).toEqual(REPORTS.map(({ name }) => name).sort());
  });

  it.each(Object.entries(QUESTIONS))('%s says the same as of now', async (name, question) => {
    const definition = REPORTS.find((report) => report.name === name)!;
    const live = await house.report(definition, question);
    const now = new Date().toISOString();
    const asOfNow = await house.report(definition, { ...question, until: now, knownAt: now });
    expect(live.rows.length).toBeGreaterThan(0);
    expect(asOfNow.rows).toEqual(live.rows);
  });
});
