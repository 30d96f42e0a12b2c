// statement: opening balance, movements and closing balance of a country.
import fc from 'fast-check';
import { AnyLog, logOf, moments, sayings } from '../../test/support/random-log.js';
import { REPORTED_BUCKETS } from '../goods-ledger/account.js';
import type { AsOf } from '../goods-ledger/as-of.js';
import { rendered } from '../nest/report.answers.js';
import { periodOf } from './period.js';
import { added, type Balance, type StatementRow } from './statement.js';
import { statementReport } from './statement.report.js';

interface Statement {
  readonly asOf: object;
  readonly opening: readonly Balance[];
  readonly rows: readonly StatementRow[];
  readonly closing: readonly Balance[];
}

const PATIENCE_MS = 60_000;

const stated = (log: AnyLog, query: object) => log.ask<never, unknown, Statement>(statementReport as never, query);

/** Totals of one destination, by item and kind, in no order. */
const totalsOf = (log: AnyLog, destination: string, asOf: AsOf) =>
  log.ledger
    .totals(asOf)
    .filter((total) => total.destination === destination)
    .map(({ item, bucket, quantity }) => `${item} ${bucket} ${quantity}`)
    .sort();

const asTotals = (balances: readonly Balance[]) =>
  balances
    .flatMap(({ item, quantities }) =>
      Object.entries(quantities).map(([bucket, quantity]) => `${item} ${bucket} ${quantity}`),
    )
    .sort();

const periods = fc
  .tuple(moments, moments, fc.constantFrom(undefined, 'Europe/Brussels'))
  .map(([one, other, timeZone]) => {
    try {
      periodOf({ from: one, to: other, timeZone });
      return { from: one, to: other, timeZone };
    } catch {
      return { from: other, to: one, timeZone };
    }
  });

describe('in every history, for any period', () => {
  it('closing is opening and movements, item by item and kind by kind, and both are those of the country report', async () => {
    let told = 0;
    const countries = fc.constantFrom('IT', 'SI', 'BE+IT', 'undecided');
    const property = fc.asyncProperty(
      sayings,
      countries,
      periods,
      fc.option(moments),
      async (said, country, period, known) => {
        const log = await logOf(said);
        const knownAt = known === null ? undefined : `${known.slice(0, 10)}T12:00Z`;
        const { opening, rows, closing } = await stated(log, { country, ...period, knownAt });
        for (const [index, balance] of opening.entries()) {
          const { item, quantities } = closing[index]!;
          const moved = rows.filter((row) => row.item === balance.item).map((row) => row.quantities);
          expect([item, quantities]).toEqual([balance.item, added(balance.quantities, moved)]);
        }
        const { from, to } = periodOf(period);
        const limit = knownAt === undefined ? {} : { knownAt: Date.parse(knownAt) };
        expect(asTotals(opening)).toEqual(totalsOf(log, country, { until: from - 1, ...limit }));
        expect(asTotals(closing)).toEqual(totalsOf(log, country, { until: to, ...limit }));
        told += rows.length;
        await log.close();
      },
    );
    await fc.assert(property, { numRuns: 300, interruptAfterTimeLimit: PATIENCE_MS });
    expect(told).toBeGreaterThan(50);
  }, 120_000);

  it('what moves to another kind of total leaves the one it was in', async () => {
    const property = fc.asyncProperty(sayings, async (said) => {
      const log = await logOf(said);
      const { rows } = await stated(log, { country: 'IT', from: '2020-01-01', to: '2021-01-01' });
      for (const { moves, quantities } of rows) {
        const sums = moves.flatMap(({ from, to, quantity }) => [
          ...(from.destination === 'IT' ? [{ [from.bucket]: -quantity }] : []),
          ...(to.destination === 'IT' ? [{ [to.bucket]: quantity }] : []),
        ]);
        expect(added({}, sums)).toEqual(added(quantities, []));
      }
      await log.close();
    });
    await fc.assert(property, { numRuns: 100, interruptAfterTimeLimit: PATIENCE_MS });
  }, 120_000);
});

describe('a consignment of 500 masks for Italy', () => {
  const consignment = 'EU-C1';
  const stream = `consignment-${consignment}`;
  const line = { item: 'MASK', donation: 'EU-1', lot: '' };
  const dispatched = {
    type: 'ConsignmentDispatched',
    data: {
      ...{ consignment, from: 'CNPVG', fromHub: false, to: 'BELGG', country: 'BE' },
      transport: { waybill: '020-12345675' },
      lines: [{ ...line, quantity: 500, destination: 'IT' }],
    },
  };
  const cleared = {
    type: 'CustomsCleared',
    data: { consignment, place: 'BELGG', mrn: '20BE000000001234A5', goods: [] },
  };
  const received = (good: number, damaged: number, grn: string) => ({
    type: 'GoodsReceived',
    data: { consignment, hub: 'BELGG', grn, complete: true, lines: [{ ...line, lot: 'L1', good, damaged }] },
  });
  let log: AnyLog;

  beforeEach(async () => {
    log = await AnyLog.open();
    await log.say(stream, dispatched, { happenedAt: '2020-03-10' });
    await log.say(stream, cleared, { happenedAt: '2020-03-13' });
  });
  afterEach(() => log.close());

  const march = (more: object = {}) => stated(log, { country: 'IT', from: '2020-03-11', to: '2020-03-31', ...more });

  it('opens what was on its way and closes what lies at the hub, good, damaged and missing apart', async () => {
    await log.say(stream, received(468, 12, 'GRN-1'), { happenedAt: '2020-03-14', reportedAt: '2020-03-15' });
    const { opening, rows, closing } = await march();
    expect(opening).toEqual([{ item: 'MASK', unit: 'piece', quantities: { inTransit: 500 } }]);
    const change = { atHub: 468, inTransit: -500, damaged: 12, unexplained: 20 };
    expect(rows).toMatchObject([
      { what: 'receipt', correction: false, quantities: change, lots: ['L1'], hub: 'BELGG' },
    ]);
    expect(closing).toEqual([
      { item: 'MASK', unit: 'piece', quantities: { atHub: 468, damaged: 12, unexplained: 20 } },
    ]);
  });

  it('names GRN, waybill and MRN, dates and references beside each movement', async () => {
    await log.say(stream, received(488, 12, 'GRN-1'), { happenedAt: '2020-03-14', reportedAt: '2020-03-15' });
    expect((await march()).rows).toMatchObject([
      {
        ...{ consignment, donation: 'EU-1', stream, happenedAt: '2020-03-14T00:00:00.000Z' },
        reportedAt: '2020-03-15T00:00:00.000Z',
        documents: { grn: 'GRN-1', waybill: '020-12345675', mrn: '20BE000000001234A5' },
        moves: [
          {
            from: { bucket: 'inTransit', destination: 'IT' },
            to: { bucket: 'atHub', destination: 'IT' },
            quantity: 488,
          },
          {
            from: { bucket: 'inTransit', destination: 'IT' },
            to: { bucket: 'damaged', destination: 'IT' },
            quantity: 12,
          },
        ],
      },
    ]);
  });

  it('shows a number that was put right, once that is known', async () => {
    const wrong = await log.say(stream, received(500, 0, 'GRN-7'), { happenedAt: '2020-03-14' });
    const restated = { happenedAt: '2020-03-14', schema: 1, fact: received(500, 0, 'GRN-1') };
    const data = { wrongEventId: wrong.id, reason: 'incorrect_data', note: 'Mistyped.', restated };
    await log.say(stream, { type: 'EntryCorrected', data }, { happenedAt: '2020-03-20' });
    expect((await march()).rows).toMatchObject([{ what: 'receipt', documents: { grn: 'GRN-1' } }]);
    expect((await march({ knownAt: '2020-03-19' })).rows).toMatchObject([{ documents: { grn: 'GRN-7' } }]);
  });

  it('lists a receipt that did not occur beside its correction, on the same day', async () => {
    const wrong = await log.say(stream, received(500, 0, 'GRN-1'), { happenedAt: '2020-03-14' });
    const data = { wrongEventId: wrong.id, reason: 'did_not_occur', note: 'Another consignment.' };
    await log.say(stream, { type: 'EntryCorrected', data }, { happenedAt: '2020-04-02' });
    const { rows, closing } = await march();
    expect(rows).toMatchObject([
      { what: 'receipt', correction: false, quantities: { atHub: 500, inTransit: -500 } },
      {
        ...{ what: 'correction of receipt', correction: true, about: wrong.position, documents: { grn: 'GRN-1' } },
        ...{ quantities: { atHub: -500, inTransit: 500 }, note: 'Another consignment.' },
        happenedAt: '2020-03-14T00:00:00.000Z',
      },
    ]);
    expect(closing).toMatchObject([{ quantities: { inTransit: 500 } }]);
    expect((await march({ knownAt: '2020-04-01' })).closing).toMatchObject([{ quantities: { atHub: 500 } }]);
  });

  it.each`
    happened                    | march | april
    ${'2020-03-31T23:30+02:00'} | ${1}  | ${0}
    ${'2020-04-01T00:30+02:00'} | ${0}  | ${1}
  `('is received at $happened in the month that it is in Liege', async ({ happened, march: before, april: after }) => {
    await log.say(stream, received(500, 0, 'GRN-1'), { happenedAt: happened });
    const inLiege = { country: 'IT', timeZone: 'Europe/Brussels' };
    expect((await stated(log, { ...inLiege, from: '2020-03-11', to: '2020-03-31' })).rows).toHaveLength(before);
    expect((await stated(log, { ...inLiege, from: '2020-04-01', to: '2020-04-30' })).rows).toHaveLength(after);
  });

  it('reads as one list with opening and closing lines, as a table and as CSV', async () => {
    await log.say(stream, received(488, 12, 'GRN-1'), { happenedAt: '2020-03-14' });
    const query = { country: 'it', from: '2020-03-11', until: '2020-03-31' };
    const { report, layout } = await log.asked(statementReport, query);
    const table = rendered(report, layout, 'table').body;
    expect(table).toMatch(/opening balance .*MASK.* 500 /);
    expect(table).toContain('GRN GRN-1, waybill 020-12345675, MRN 20BE000000001234A5');
    expect(table).toContain('in transit → at hub 488; in transit → damaged 12');
    expect(table).toMatch(/closing balance .*MASK.* 488 /);
    const [head, ...lines] = rendered(report, layout, 'csv').body.trim().split('\n');
    expect(lines.map((text) => text.split(',')[0])).toEqual(['opening', 'movement', 'closing']);
    expect(head!.split(',')).toEqual([...new Set(head!.split(','))]);
    expect(head).toContain(REPORTED_BUCKETS.join(','));
  });
});

describe('a question that makes no sense is refused', () => {
  let log: AnyLog;
  beforeAll(async () => {
    log = await AnyLog.open();
  });
  afterAll(() => log.close());

  const days = { from: '2020-03-01', to: '2020-03-31' };

  it.each`
    query                                                      | words
    ${{ ...days }}                                             | ${'country must be'}
    ${{ country: 'XX', ...days }}                              | ${'There is no country XX'}
    ${{ country: 'Afrika', ...days }}                          | ${'There is no country or destination Afrika'}
    ${{ country: 'IT', from: '2020-03-01' }}                   | ${'to must be a date'}
    ${{ country: 'IT', to: '2020-03-01' }}                     | ${'from must be a date'}
    ${{ country: 'IT', from: '2020-03-31', to: '2020-03-30' }} | ${'to must not lie before from'}
    ${{ country: 'IT', ...days, until: '2020-03-31' }}         | ${'until says the same as to'}
  `('$query', async ({ query, words }) => {
    await expect(stated(log, query)).rejects.toThrow(words);
  });
});
