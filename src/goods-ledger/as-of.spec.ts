// goods ledger: totals at any two limits equal a sum over all movements.
import fc from 'fast-check';
import * as relief from '../../test/support/relief.js';
import { upTo } from '../kernel/moments.js';
import { ViewsDatabase } from '../store/views-database.js';
import type { AsOf } from './as-of.js';
import { DAY_MS } from './days.js';
import { GoodsLedgerView } from './goods-ledger.view.js';

/** A consignment with one known fate: it left, and perhaps was delivered. */
interface Journey {
  readonly item: 'MASK' | 'VENTILATOR';
  readonly country: 'IT' | 'SI';
  readonly quantity: number;
  readonly left: Times;
  readonly delivered?: Times | undefined;
}

interface Times {
  readonly happened: number;
  readonly reported: number;
}

/** A ledger that holds these journeys, each in a stream of its own. */
function ledgerOf(journeys: readonly Journey[]): GoodsLedgerView {
  const views = ViewsDatabase.open(':memory:', relief.LOG, [GoodsLedgerView]);
  let position = 0;
  journeys.forEach(({ item, country, quantity, left, delivered }, number) => {
    const consignment = `C-${number}`;
    const stream = `consignment-${consignment}`;
    const lines = [relief.load({ item, quantity, destination: country })];
    const dispatch = relief.dispatched({ consignment, to: country, country, lines });
    const delivery = relief.delivered({ consignment, country, lines: [relief.handed({ item, accepted: quantity })] });
    const facts = [[dispatch, left] as const, ...(delivered ? [[delivery, delivered] as const] : [])];
    facts.forEach(([fact, { happened, reported }], version) => {
      const [happenedAt, reportedAt] = [happened, reported].map((time) => new Date(time).toISOString()) as [
        string,
        string,
      ];
      views.apply([{ entry: relief.entry(fact, { stream, version, position: ++position, happenedAt, reportedAt }) }]);
    });
  });
  return views.view(GoodsLedgerView);
}

const totals = (ledger: GoodsLedgerView, asOf: AsOf) =>
  Object.fromEntries(
    ledger
      .totals(asOf)
      .map(({ destination, item, bucket, quantity }) => [`${destination} ${item} ${bucket}`, quantity]),
  );

/** The same, counted one journey at a time. */
function counted(journeys: readonly Journey[], { until = Infinity, knownAt = Infinity }: AsOf): Record<string, number> {
  const within = (times?: Times) => times !== undefined && times.happened <= until && times.reported <= knownAt;
  const sums = new Map<string, number>();
  const add = (key: string, quantity: number) => sums.set(key, (sums.get(key) ?? 0) + quantity);
  for (const { item, country, quantity, left, delivered } of journeys) {
    if (within(left)) add(`${country} ${item} inTransit`, quantity);
    if (!within(delivered)) continue;
    add(`${country} ${item} inTransit`, -quantity);
    add(`${country} ${item} deliveredReported`, quantity);
  }
  return Object.fromEntries([...sums].filter(([, quantity]) => quantity !== 0));
}

const midnight = Date.UTC(2020, 2, 14);

describe('totals as of two dates', () => {
  /** Few days on both sides of 1970 and of March 2020, every millisecond around midnight, and days some months apart. */
  const time = fc.oneof(
    fc
      .tuple(fc.integer({ min: -150, max: 150 }), fc.constantFrom(-1, 0, DAY_MS / 2))
      .map(([day, offset]) => midnight + day * DAY_MS + offset),
    fc
      .tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }))
      .map(([day, offset]) => day * DAY_MS + offset),
    fc
      .tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 0, max: DAY_MS - 1 }))
      .map(([day, rest]) => midnight + day * DAY_MS + rest),
    fc
      .tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 }))
      .map(([day, offset]) => midnight + day * DAY_MS + offset),
  );
  const times = fc.record({ happened: time, reported: time });
  const journey: fc.Arbitrary<Journey> = fc.record({
    item: fc.constantFrom('MASK', 'VENTILATOR'),
    country: fc.constantFrom('IT', 'SI'),
    quantity: fc.integer({ min: 1, max: 1_000_000_000 }),
    left: times,
    delivered: fc.option(times, { nil: undefined }),
  });
  const limits = fc.record({ until: time, knownAt: time }, { requiredKeys: [] });

  it('equal a sum over all movements, whatever the limits', () => {
    const property = fc.property(
      fc.array(journey, { maxLength: 30 }),
      fc.array(limits, { minLength: 20, maxLength: 20 }),
      (journeys, questions) => {
        const ledger = ledgerOf(journeys);
        for (const asOf of questions) expect(totals(ledger, asOf)).toEqual(counted(journeys, asOf));
      },
    );
    fc.assert(property, { numRuns: 60 });
  });

  it('count every posting of a day that has hundreds, up to a limit in its middle', () => {
    const journeys = Array.from({ length: 700 }, (_, nth): Journey => {
      const left = { happened: midnight + nth, reported: midnight + nth + (nth % 5) * DAY_MS };
      return { item: 'MASK', country: 'IT', quantity: 1 + nth, left };
    });
    const ledger = ledgerOf(journeys);
    for (const end of [0, 255, 256, 300, 511, 512, 699, 1_000]) {
      const until = midnight + end;
      for (const asOf of [{ until }, { knownAt: until }, { until, knownAt: until + 2 * DAY_MS }]) {
        expect(totals(ledger, asOf)).toEqual(counted(journeys, asOf));
      }
    }
  });

  it.each`
    limit                               | until
    ${'the first millisecond of a day'} | ${midnight}
    ${'the last millisecond of a day'}  | ${midnight - 1}
    ${'before 1970'}                    | ${-1}
    ${'the first of all days'}          | ${0}
  `('include $limit itself, and nothing after it', ({ until }) => {
    const journeys = [-1, 0, 1].map((offset): Journey => {
      const left = { happened: until + offset, reported: until + offset };
      return { item: 'MASK', country: 'IT', quantity: 10 ** (offset + 1), left };
    });
    const ledger = ledgerOf(journeys);
    expect(totals(ledger, { until })).toEqual({ 'IT MASK inTransit': 11 });
    expect(totals(ledger, { knownAt: until })).toEqual({ 'IT MASK inTransit': 11 });
    expect(totals(ledger, { until, knownAt: until - 1 })).toEqual({ 'IT MASK inTransit': 1 });
    expect(totals(ledger, { until: until - 1, knownAt: until })).toEqual({ 'IT MASK inTransit': 1 });
  });

  it.each`
    timeZone              | until           | quantity
    ${'UTC'}              | ${'2020-03-28'} | ${1}
    ${'UTC'}              | ${'2020-03-29'} | ${11}
    ${'Europe/Brussels'}  | ${'2020-03-28'} | ${1}
    ${'Europe/Brussels'}  | ${'2020-03-29'} | ${1}
    ${'Asia/Shanghai'}    | ${'2020-03-29'} | ${1}
    ${'America/New_York'} | ${'2020-03-28'} | ${1}
    ${'America/New_York'} | ${'2020-03-29'} | ${11}
  `('take $until as the whole day in $timeZone', ({ timeZone, until, quantity }) => {
    const at = (text: string) => ({ happened: Date.parse(text), reported: Date.parse(text) });
    const ledger = ledgerOf([
      { item: 'MASK', country: 'IT', quantity: 1, left: at('2020-03-28T12:00:00Z') },
      { item: 'MASK', country: 'IT', quantity: 10, left: at('2020-03-29T22:30:00Z') },
    ]);
    expect(totals(ledger, { until: upTo('until', until, timeZone) })).toEqual({ 'IT MASK inTransit': quantity });
  });
});
