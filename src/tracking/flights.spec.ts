// tracking: which consignments flew together.
import type { ConsignmentDispatched, ConsignmentFact, Transport } from '../consignment/consignment.events.js';
import type { Recorded } from '../kernel/recorded.js';
import { carriedBy, type Carried } from './flights.js';

const COUNTRIES: Record<string, string> = { ITROM: 'IT', BELGG: 'BE' };
const countryOf = (place: string) => COUNTRIES[place];

type Told = readonly Recorded<ConsignmentFact>[];
const said = (happenedAt: string, fact: ConsignmentFact) => ({ ...fact, happenedAt }) as Recorded<ConsignmentFact>;

function left(
  consignment: string,
  happenedAt: string,
  transport: Transport,
  more: Partial<ConsignmentDispatched['data']> = {},
) {
  const line = { item: 'MASK', donation: 'D-1', lot: '', quantity: 100, destination: 'IT' };
  const route = { consignment, from: 'CNHGH', fromHub: false, to: 'BELGG', country: 'BE', transport, lines: [line] };
  return said(happenedAt, { type: 'ConsignmentDispatched', data: { ...route, ...more } });
}

const carried = (told: readonly Told[], timeZone?: string) =>
  carriedBy(new Map(told.map((facts, index) => [`consignment-${index}`, facts])), countryOf, timeZone);
const runs = (rows: readonly Carried[]) => rows.map(({ flight, consignment }) => `${flight.number} ${consignment}`);

const CV9735: Transport = { mode: 'air', carrier: 'Cargolux', vehicle: 'CV 9735' };

describe('consignments', () => {
  it.each([
    // the second one                                              runs
    ['2020-03-13T21:00:00Z', { ...CV9735 }, ['1 C-1', '1 C-2']],
    ['2020-03-13T21:00:00Z', { ...CV9735, vehicle: 'cv9735', carrier: 'CARGOLUX' }, ['1 C-1', '1 C-2']],
    ['2020-03-14T01:00:00Z', { ...CV9735 }, ['1 C-1', '2 C-2']],
    ['2020-03-13T21:00:00Z', { ...CV9735, vehicle: 'CV 9736' }, ['1 C-1', '2 C-2']],
    ['2020-03-13T21:00:00Z', { ...CV9735, carrier: 'Somebody' }, ['1 C-1', '2 C-2']],
    ['2020-03-13T21:00:00Z', { ...CV9735, mode: 'road' }, ['1 C-1', '2 C-2']],
  ] as const)('that left on %s with %j: %j', (happenedAt, transport, expected) => {
    expect(
      runs(carried([[left('C-1', '2020-03-13T20:00:00Z', CV9735)], [left('C-2', happenedAt, transport)]])),
    ).toEqual(expected);
  });

  it('left on a day of the time zone that is asked for', () => {
    const told = [[left('C-1', '2020-03-13T20:00:00Z', CV9735)], [left('C-2', '2020-03-14T01:00:00Z', CV9735)]];
    expect(runs(carried(told, 'Asia/Shanghai'))).toEqual(['1 C-1', '1 C-2']);
    expect(carried(told, 'Asia/Shanghai')[0]!.flight.day).toBe('2020-03-14');
  });

  it('are runs of their own when nobody stated the vehicle', () => {
    expect(runs(carried([[left('C-1', '2020-03-13', {})], [left('C-2', '2020-03-13', {})]]))).toEqual([
      '1 C-1',
      '2 C-2',
    ]);
  });

  it('carry the goods of several earmarks as one line', () => {
    const line = { item: 'MASK', donation: 'D-1', lot: '', quantity: 60, destination: 'IT' };
    const lines = [
      { ...line, earmark: 'IT' },
      { ...line, earmark: 'undecided' },
    ];
    expect(carried([[left('C-1', '2020-03-13', CV9735, { lines })]]).map(({ quantity }) => quantity)).toEqual([120]);
  });
});

describe('an arrival', () => {
  const arrivedAt = (place: string): ConsignmentFact => ({
    type: 'ConsignmentArrived',
    data: { consignment: 'C-1', place },
  });
  const received: ConsignmentFact = {
    type: 'GoodsReceived',
    data: { consignment: 'C-1', hub: 'BELGG', complete: true, lines: [] },
  };

  it.each([
    ['the arrival at its destination', 'BELGG', arrivedAt('BELGG'), '2020-03-14T06:00:00.000Z'],
    ['the count there, when no arrival was stated', 'BELGG', received, '2020-03-14T06:00:00.000Z'],
    ['the arrival anywhere in the country it was sent to', 'IT', arrivedAt('ITROM'), '2020-03-14T06:00:00.000Z'],
    ['not a stop on the way', 'ITROM', arrivedAt('BELGG'), null],
  ])('is %s', (_, to, fact, expected) => {
    const told = [[left('C-1', '2020-03-13', CV9735, { to }), said('2020-03-14T06:00:00Z', fact)]];
    expect(carried(told).map(({ arrived }) => arrived)).toEqual([expected]);
  });
});
