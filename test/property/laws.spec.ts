// property tests: the laws of the goods ledger hold for every history.
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isClean, verify } from '../../src/audit/verify.js';
import { countryRows, QUANTITY_COLUMNS } from '../../src/country-report/country-report.js';
import type { Bucket } from '../../src/goods-ledger/account.js';
import { isCountry } from '../../src/goods-ledger/destination.js';
import { balanceRows, ledgerSums, totalRows } from '../../src/goods-ledger/ledger-rows.js';
import { isCorrection } from '../../src/kernel/corrections.js';
import type { Fact } from '../../src/kernel/recorded.js';
import { goodsCounted, pledgesCounted, type Count } from './counted.js';
import { histories, Story, type Step } from './histories.js';
import { allRows, balances, deliveries, openLedger, rebuilt, reordered, type Balance } from './ledger.js';

/** No law is tried, nor a failure made shorter, for longer than this. */
const PATIENCE_MS = 15_000;

/** Holds `law` against random histories; on failure fast-check prints the seed and the shortest history. */
async function forEveryHistory(
  law: (story: Story, chance: number[]) => Promise<void> | void,
  numRuns = 30,
): Promise<void> {
  const chance = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });
  const property = fc.asyncProperty(histories({ imports: true }), chance, async (steps, picks) => {
    const story = await Story.tell(steps);
    try {
      await law(story, picks);
    } finally {
      await story.close();
    }
  });
  await fc.assert(property, { numRuns, interruptAfterTimeLimit: PATIENCE_MS });
}

const dbOf = ({ office }: Story) => office.views.db;

const summed = (rows: readonly Balance[], keyOf: (row: Balance) => string): Count => {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.quantity);
  return Object.fromEntries([...sums].filter(([, quantity]) => quantity !== 0).sort());
};

const PLEDGE_BOOK = ['promised', 'pledged'];

describe('random histories', () => {
  it('say everything there is to say', async () => {
    const said = new Map<string, number>();
    const count = (key: string) => said.set(key, (said.get(key) ?? 0) + 1);
    for (const steps of fc.sample(histories({ imports: true }), { seed: 1, numRuns: 80 })) {
      const story = await Story.tell(steps);
      for (const { type, data, imported } of await story.entries()) {
        count(type);
        const { contradiction, restated } = data as { contradiction?: string; restated?: { fact: Fact } };
        if (contradiction) count('a confirmed contradiction');
        if (imported) count('an entry reported before it was recorded');
        if (restated) count(`${restated.fact.type} restated`);
      }
      await story.close();
    }
    const kinds = [
      'ConsignmentDispatched',
      'GoodsReceived',
      'GoodsDelivered',
      'GoodsLost',
      'GoodsFound',
      'StockAllocated',
      'EntryCorrected',
    ];
    const rare = [
      'DonationPledged',
      'PledgeAmended',
      'PledgeCancelled',
      'ConsignmentArrived',
      'AllocationReleased',
      'a confirmed contradiction',
      'an entry reported before it was recorded',
    ];
    const few = [
      ...kinds,
      ...rare,
      ...kinds.filter((kind) => kind !== 'StockAllocated').map((kind) => `${kind} restated`),
    ].filter((kind) => !said.has(kind));
    expect(few).toEqual([]);
  });
});

describe('in every history', () => {
  it('1. every item, donation and lot sums to zero at every position, goods and pledges apart', () =>
    forEveryHistory(async ({ office }) => {
      const ledger = openLedger();
      for (const delivered of await deliveries(office)) {
        ledger.apply([delivered]);
        expect(ledgerSums(ledger.db).filter(({ quantity }) => quantity !== 0)).toEqual([]);
        const pledges = balances(ledger.db).filter(({ bucket }) => PLEDGE_BOOK.includes(bucket));
        expect(summed(pledges, ({ item, donation }) => `${item} ${donation}`)).toEqual({});
      }
      ledger.close();
    }, 15));

  it('2. only donors and promises are negative, and what contradictions and corrections leave to be explained', () =>
    forEveryHistory(async (story) => {
      const log = await story.entries();
      const corrected = log.some((entry) => isCorrection<Fact>(entry));
      const contradicted = log.some(({ data }) => 'contradiction' in data);
      // A confirmed contradiction shows as a surplus of its consignment; a correction may take back what others drew on.
      const allowed: Bucket[] = ['donor', 'promised'];
      const counted = log.some(({ type }) => type === 'StockCounted');
      if (contradicted || corrected || counted) allowed.push('unexplained');
      // A hub may have sent or set aside what a later correction says it never received.
      if (corrected) allowed.push('atHub', 'damaged');
      const wrong = balances(dbOf(story)).filter(
        ({ bucket, quantity }) => quantity < 0 && !allowed.includes(bucket as Bucket),
      );
      expect(wrong).toEqual([]);
    }));

  it('3. all goods of a consignment are where its facts say, and so is what hubs, recipients and donors have', () =>
    forEveryHistory(async (story) => {
      const ledger = balances(dbOf(story)).filter(({ bucket }) => !PLEDGE_BOOK.includes(bucket));
      const booked = summed(ledger, ({ bucket, holder, destination, item, donation }) => {
        const goods = `${item} ${donation}`;
        if (['inTransit', 'rejected', 'lost', 'unexplained'].includes(bucket)) return `consignment ${holder} ${goods}`;
        if (bucket === 'deliveredReported') return `reported ${holder} ${destination} ${goods}`;
        if (bucket === 'deliveredConfirmed') return `confirmed ${holder} ${destination} ${goods}`;
        return `${bucket} ${holder} ${goods}`;
      });
      expect(booked).toEqual(goodsCounted(await story.entries()));
    }));

  it('3. pledges are what each donation said last', () =>
    forEveryHistory(async (story) => {
      const booked = balances(dbOf(story)).filter(({ bucket }) => bucket === 'pledged');
      const counted = pledgesCounted(await story.entries());
      expect(summed(booked, ({ holder, item, destination }) => `${holder} ${item} ${destination}`)).toEqual(counted);
    }));

  it.each([1, 7, 1_000])(
    '4. a ledger rebuilt from the first entry in pages of %d equals the live one, row by row',
    (size) =>
      forEveryHistory(async (story) => {
        const again = rebuilt(await deliveries(story.office), size);
        expect(allRows(again.db)).toEqual(allRows(dbOf(story)));
        again.close();
      }, 15),
  );

  it('4. a ledger whose last page was cut off by a crash applies it once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'relief-crash-'));
    let files = 0;
    try {
      await forEveryHistory(async (story) => {
        const file = join(folder, `${++files}.db`);
        const entries = await deliveries(story.office);
        const last = entries.splice(-3);
        const before = openLedger(file);
        before.apply(entries);
        // A process that dies leaves its transaction behind uncommitted.
        before.rehearse();
        before.apply(last);
        before.close();
        const after = openLedger(file);
        expect(after.checkpoint()).toEqual({ position: entries.length, events: entries.length });
        after.apply(last);
        expect(allRows(after.db)).toEqual(allRows(dbOf(story)));
        after.close();
      }, 10);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('5. another order of unrelated entries gives the same balances and totals', () =>
    forEveryHistory(async (story, picks) => {
      const other = rebuilt(reordered(await deliveries(story.office), picks), 1_000);
      expect(balanceRows(other.db)).toEqual(balanceRows(dbOf(story)));
      expect(totalRows(other.db)).toEqual(totalRows(dbOf(story)));
      other.close();
    }));

  it.each(['did_not_occur', 'incorrect_data'] as const)(
    '6. undoing a correction (%s) restores every balance, but not the history',
    async (reason) => {
      let undone = 0;
      await forEveryHistory(async (story, [which, quantity, rest]) => {
        const log = (await story.entries()).filter(({ stream }) => !stream.startsWith('catalogue-'));
        const entry = log[which! % log.length]!;
        const before = balanceRows(dbOf(story));
        const step = { quantity: 1 + (quantity! % 30), rest: rest! % 6, item: 'MASK', daysAgo: 0 } as Step;
        const correction = await story.correct(entry, step, reason);
        if (!correction) return;
        const [recorded] = await story.office.log.readAll(correction.position - 1, 1);
        await story.correct(recorded!, step, 'did_not_occur');
        await story.office.projector.catchUp();
        expect(balanceRows(dbOf(story))).toEqual(before);
        expect((await story.entries()).length).toBe(recorded!.position + 1);
        undone++;
      });
      expect(undone).toBeGreaterThan(10);
    },
  );

  it('what is known now is everything', () =>
    forEveryHistory(({ office }) => {
      const knownAt = office.clock.now().getTime();
      const sorted = (totals: readonly object[]) => totals.map((total) => JSON.stringify(total)).sort();
      expect(sorted(office.ledger.totals({ knownAt, until: knownAt }))).toEqual(sorted(office.ledger.totals({})));
    }));

  it('the rows of the country report reconcile with what donors gave and promised', () =>
    forEveryHistory((story) => {
      const rows = countryRows(story.office.ledger.totals({}), () => 'piece');
      const ledger = balances(dbOf(story));
      for (const item of ['MASK', 'VENTILATOR']) {
        const ofItem = rows.filter((row) => row.item === item);
        const sum = (columns: readonly (typeof QUANTITY_COLUMNS)[number][]) =>
          ofItem
            .flatMap((row) => columns.map((column) => row[column]))
            .reduce((total, quantity) => total + quantity, 0);
        const given = (bucket: string) =>
          ledger
            .filter((row) => row.bucket === bucket && row.item === item)
            .reduce((total, { quantity }) => total - quantity, 0);
        expect(sum(QUANTITY_COLUMNS.filter((column) => column !== 'pledged' && column !== 'deliveredConfirmed'))).toBe(
          given('donor'),
        );
        expect(sum(['pledged'])).toBe(given('promised'));
      }
      expect(
        rows.filter(
          ({ country, destination }) => (country === null) !== (destination !== undefined && !isCountry(destination)),
        ),
      ).toEqual([]);
    }));

  it('the report as known on a date is the report of that date', async () => {
    const property = fc.asyncProperty(histories({ imports: false }), async (steps) => {
      const reports = new Map<number, string[]>();
      const report = ({ office }: Story, knownAt?: number) =>
        office.ledger
          .totals(knownAt === undefined ? {} : { knownAt })
          .map((total) => JSON.stringify(total))
          .sort();
      const story = await Story.tell(steps, async (told) => {
        await told.office.projector.catchUp();
        reports.set(told.office.clock.now().getTime(), report(told));
      });
      for (const [knownAt, then] of reports) expect(report(story, knownAt)).toEqual(then);
      await story.close();
    });
    await fc.assert(property, { numRuns: 30, interruptAfterTimeLimit: PATIENCE_MS });
  });

  it('relief verify finds nothing broken', () =>
    forEveryHistory(async ({ office }) => {
      const verdict = await verify(office);
      expect(verdict.findings.filter(({ broken }) => broken.length > 0)).toEqual([]);
      expect(isClean(verdict)).toBe(true);
    }, 15));
});
