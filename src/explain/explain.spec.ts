// explain: what makes the difference between two country reports.
import fc from 'fast-check';
import { AnyLog, logOf, moments, sayings } from '../../test/support/random-log.js';
import type { Total } from '../goods-ledger/as-of.js';
import { limitsOf } from '../nest/as-of.queries.js';
import { rendered } from '../nest/report.answers.js';
import { explainReport } from './explain.report.js';
import { pairOfDates } from './explain.queries.js';
import { isListed, type Difference, type ExplainedRow } from './explanation.js';

interface Explained {
  readonly difference: readonly Difference[];
  readonly rows: readonly ExplainedRow[];
}

const PATIENCE_MS = 60_000;

const explained = (log: AnyLog, query: object) =>
  log.ask<never, ExplainedRow, Explained>(explainReport as never, query);

type Cell = Pick<Difference, 'country' | 'destination' | 'item' | 'bucket'>;

/** Sums that are not zero, by the name of the total. */
function summed(rows: readonly (Cell & { readonly sum: number })[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { country, destination, item, bucket, sum } of rows) {
    const key = `${country ?? destination} ${item} ${bucket}`;
    sums.set(key, (sums.get(key) ?? 0) + sum);
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0).sort());
}

const ofRows = ({ rows }: Explained) => summed(rows.map((row) => ({ ...row, sum: row.difference })));
const ofTotals = (totals: readonly Total[], sign: 1 | -1) =>
  totals.map(({ destination, quantity, ...cell }) => ({ ...cell, country: destination, sum: sign * quantity }));

const pairs = fc
  .tuple(fc.option(moments, { nil: '' }), fc.option(moments, { nil: '' }))
  .map(([until, knownAt]) => `${until},${knownAt}`);

describe('in every history, between any two pairs of dates', () => {
  it('the rows sum to the difference of the two country reports, total by total', async () => {
    let corrections = 0;
    let leftOut = 0;
    const property = fc.asyncProperty(
      sayings,
      pairs,
      pairs,
      fc.constantFrom(0, 2, 1000),
      async (said, from, to, limit) => {
        const log = await logOf(said);
        const answer = await explained(log, { from, to, limit });
        const [before, after] = [from, to].map((pair) => log.ledger.totals(limitsOf(pairOfDates(pair))));
        const wanted = summed([...ofTotals(after!, 1), ...ofTotals(before!, -1)]);
        expect(ofRows(answer)).toEqual(wanted);
        expect(summed(answer.difference.map((row) => ({ ...row, sum: row.difference })))).toEqual(wanted);
        expect(answer.difference.filter(({ before, after, difference }) => after - before !== difference)).toEqual([]);
        expect(new Set(answer.rows.filter(isListed).map(({ position }) => position)).size).toBeLessThanOrEqual(limit);
        corrections += answer.rows.filter((row) => isListed(row) && row.why === 'correction').length;
        leftOut += answer.rows.filter((row) => isListed(row) && row.why === 'left out').length;
        await log.close();
      },
    );
    await fc.assert(property, { numRuns: 300, interruptAfterTimeLimit: PATIENCE_MS });
    expect(Math.min(corrections, leftOut)).toBeGreaterThan(20);
  }, 120_000);

  it('going back takes away what going forward added', async () => {
    const property = fc.asyncProperty(sayings, pairs, pairs, async (said, from, to) => {
      const log = await logOf(said);
      const [there, back] = [await explained(log, { from, to }), await explained(log, { from: to, to: from })];
      expect(back.rows.map(({ difference }) => -difference)).toEqual(there.rows.map(({ difference }) => difference));
      await log.close();
    });
    await fc.assert(property, { numRuns: 100, interruptAfterTimeLimit: PATIENCE_MS });
  }, 120_000);

  it('what is asked for one country and item is what all of it says of them', async () => {
    const property = fc.asyncProperty(sayings, pairs, pairs, async (said, from, to) => {
      const log = await logOf(said);
      const all = await explained(log, { from, to });
      const some = await explained(log, { from, to, country: 'IT', item: 'MASK' });
      expect(some.rows).toEqual(all.rows.filter(({ country, item }) => country === 'IT' && item === 'MASK'));
      await log.close();
    });
    await fc.assert(property, { numRuns: 100, interruptAfterTimeLimit: PATIENCE_MS });
  }, 120_000);
});

describe('480 masks sent to Italy on 10 March', () => {
  const dispatched = (quantity: number) => ({
    type: 'ConsignmentDispatched',
    data: {
      ...{ consignment: 'EU-C1', from: 'CNPVG', fromHub: false, to: 'ITMXP', country: 'IT', transport: {} },
      lines: [{ item: 'MASK', donation: 'EU-1', lot: '', quantity, destination: 'IT' }],
    },
  });
  const FIRST = '2020-03-10';
  let log: AnyLog;

  beforeEach(async () => {
    log = await AnyLog.open();
  });
  afterEach(() => log.close());

  const why = async (from: string, to: string) =>
    (await explained(log, { from, to })).rows.map((row) => isListed(row) && [row.what, row.why, row.difference]);

  it.each`
    from                              | to                         | why             | difference
    ${'2020-03-09,'}                  | ${','}                     | ${'new fact'}   | ${480}
    ${'2020-03-10,2020-03-10'}        | ${'2020-03-10,'}           | ${'late entry'} | ${480}
    ${'2020-03-10,2020-03-10'}        | ${','}                     | ${'late entry'} | ${480}
    ${'2020-03-10T00:00Z,2020-03-10'} | ${','}                     | ${'late entry'} | ${480}
    ${'2020-03-09,2020-03-10'}        | ${','}                     | ${'new fact'}   | ${480}
    ${','}                            | ${'2020-03-09,'}           | ${'left out'}   | ${-480}
    ${','}                            | ${'2020-03-10,2020-03-11'} | ${'left out'}   | ${-480}
  `('and reported on the 12th: $why from "$from" to "$to"', async ({ from, to, why: because, difference }) => {
    await log.say('consignment-EU-C1', dispatched(480), { happenedAt: FIRST, reportedAt: '2020-03-12' });
    expect(await why(from, to)).toEqual([['dispatch', because, difference]]);
  });

  it('are no difference between reports that both count them or both do not', async () => {
    await log.say('consignment-EU-C1', dispatched(480), { happenedAt: FIRST, reportedAt: '2020-03-12' });
    expect(await explained(log, { from: '2020-03-10,', to: ',2020-03-12' })).toMatchObject({
      difference: [],
      rows: [],
    });
    expect(await explained(log, { from: '2020-03-09,', to: ',2020-03-11' })).toMatchObject({
      difference: [],
      rows: [],
    });
  });

  it('are corrected on the 12th, and the correction on the 13th: each says what it did, on the day of the dispatch', async () => {
    const wrong = await log.say('consignment-EU-C1', dispatched(480), { happenedAt: FIRST });
    const restated = { happenedAt: FIRST, schema: 1, fact: dispatched(450) };
    const data = { wrongEventId: wrong.id, reason: 'incorrect_data', note: 'Two cartons stayed behind.', restated };
    const correction = await log.say(
      'consignment-EU-C1',
      { type: 'EntryCorrected', data },
      { happenedAt: '2020-03-12' },
    );
    const undo = { wrongEventId: correction.id, reason: 'did_not_occur', note: 'They did not.' };
    await log.say('consignment-EU-C1', { type: 'EntryCorrected', data: undo }, { happenedAt: '2020-03-13' });
    expect(await why(`${FIRST},${FIRST}`, `${FIRST},2020-03-12`)).toEqual([
      ['correction of dispatch', 'correction', -30],
    ]);
    expect(await why(`${FIRST},${FIRST}`, `${FIRST},`)).toEqual([
      ['correction of dispatch', 'correction', -30],
      ['correction of correction of dispatch', 'correction', 30],
    ]);
    const { rows } = await explained(log, { from: `${FIRST},${FIRST}`, to: `${FIRST},2020-03-12` });
    expect(rows[0]).toMatchObject({
      ...{ about: wrong.position, position: correction.position, stream: 'consignment-EU-C1' },
      ...{ who: 'u-17:logistician', channel: 'api', note: 'Two cartons stayed behind.' },
      ...{
        happenedAt: '2020-03-10T00:00:00.000Z',
        reportedAt: '2020-03-12T00:00:00.000Z',
        country: 'IT',
        bucket: 'inTransit',
      },
    });
  });

  it('count by the day of the time zone that is asked for', async () => {
    const lateInLiege = { happenedAt: '2020-03-10T23:30+01:00', reportedAt: '2020-03-10T23:30:00Z' };
    await log.say('consignment-EU-C1', dispatched(480), lateInLiege);
    const known = { from: `${FIRST},${FIRST}`, to: `${FIRST},` };
    expect((await explained(log, known)).rows).toEqual([]);
    expect((await explained(log, { ...known, timeZone: 'Europe/Brussels' })).rows).toHaveLength(1);
  });

  it('are summed where they are not listed, and the table says so', async () => {
    await log.say('consignment-EU-C1', dispatched(480), { happenedAt: FIRST });
    await log.say('consignment-EU-C1', dispatched(20), { happenedAt: FIRST });
    const { report, layout } = await log.asked(explainReport, { from: '2020-03-09,', to: ',', limit: 1 });
    const table = rendered(report, layout, 'table').body;
    expect(table).toMatch(/1 more entry +IT +MASK +in transit +20\n/);
    expect(table).toContain('MASK in transit: 0 → 500 (+500).');
  });
});

describe('a question that makes no sense is refused', () => {
  let log: AnyLog;
  beforeAll(async () => {
    log = await AnyLog.open();
  });
  afterAll(() => log.close());

  it.each`
    query                                          | words
    ${{ to: ',' }}                                 | ${'from must be UNTIL,KNOWNAT'}
    ${{ from: '2020-13-01,', to: ',' }}            | ${'from must be UNTIL,KNOWNAT'}
    ${{ from: ',,', to: ',' }}                     | ${'from must be UNTIL,KNOWNAT'}
    ${{ from: ',', to: ',', until: '2020-03-31' }} | ${'until is part of from and to'}
    ${{ from: ',', to: ',', country: 'XX' }}       | ${'There is no country XX'}
    ${{ from: ',', to: ',', item: 'GLOVE' }}       | ${'There is no item GLOVE'}
    ${{ from: ',', to: ',', limit: -1 }}           | ${'limit must not be less than 0'}
  `('$query', async ({ query, words }) => {
    await expect(explained(log, query)).rejects.toThrow(words);
  });
});
