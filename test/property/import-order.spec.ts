// property tests: rows that are recorded side by side end as they do one after the other, in the real house.
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hubStockReport } from '../../src/hub-stock/hub-stock.report.js';
import { House } from '../support/house.js';

const RUNS = 60;

type Cells = Record<string, string | number>;

/** What a row says: which box or hub, how many, and which earlier row it corrects. */
const step = fc.record({
  kind: fc.constantFrom(
    ...['sent', 'sent', 'counted', 'counted', 'held', 'cleared', 'lost', 'returned'],
    ...['taken', 'taken', 'allocated', 'stocktake', 'written off', 'restated', 'void', 'void'],
  ),
  box: fc.integer({ min: 1, max: 3 }),
  hub: fc.integer({ min: 1, max: 2 }),
  quantity: fc.integer({ min: 1, max: 9 }),
  corrects: fc.nat(20),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const SENT: Step = { kind: 'sent', box: 1, hub: 1, quantity: 9, corrects: 0 };
const WHEN = { happened_at: '2020-03-18', note: 'as told' };

/** The rows of one run; `run` is part of every name, so that runs in one house have nothing to do with each other. */
class Logbook {
  readonly item: string;
  private readonly gift: string;
  private readonly rows: Cells[];

  constructor(
    private readonly run: number,
    steps: readonly Step[],
  ) {
    this.gift = `GIFT-${run}`;
    this.item = `MASK-${run}`;
    const item = { fact: 'item', item: this.item, name: 'Mask', unit: 'piece' };
    const hub = (nth: number) => ({ fact: 'place', place: this.hub(nth), name: 'Hub', kind: 'hub', country: 'BE' });
    const organisation = { fact: 'organisation', organisation: this.gift, name: 'Donor', country: 'CN' };
    const pledge = { fact: 'pledge', donation: this.gift, donor: this.gift };
    this.rows = [item, hub(1), hub(2), organisation, pledge].map((cells) => ({ ...WHEN, ...cells, entry: '' }));
    // Two boxes are on their way to begin with, or most rows would be about nothing.
    for (const box of [1, 2]) this.rows.push({ ...WHEN, ...this.cells({ ...SENT, box }, 0), entry: this.entry(-box) });
    steps.forEach((one, index) => this.rows.push({ ...WHEN, ...this.cells(one, index), entry: this.entry(index) }));
  }

  get csv(): string {
    const columns = [...new Set(this.rows.flatMap((row) => Object.keys(row)))];
    return stringify(this.rows, { header: true, columns });
  }

  hub(nth: number): string {
    return `HUB-${this.run}-${nth}`;
  }

  private entry(index: number): string {
    return `E-${this.run}-${index}`;
  }

  private cells({ kind, box, hub, quantity, corrects }: Step, index: number): Cells {
    const consignment = `BOX-${this.run}-${box}`;
    const place = this.hub(hub);
    const goods = { item: this.item, donation: this.gift, quantity };
    const at = { consignment, place };
    switch (kind) {
      case 'sent':
        return { fact: 'dispatch', consignment, from: 'CNSHA', to: place, ...goods, quantity: 10 * quantity };
      case 'counted':
        return { fact: 'receipt', ...at, ...goods, contradiction: 'confirmed' };
      case 'held':
        return { fact: 'customs-hold', ...at, reason: 'papers' };
      case 'cleared':
        return { fact: 'customs-clearance', ...at };
      case 'lost':
        return { fact: 'loss', consignment, ...goods, cause: 'lost' };
      case 'returned':
        return { fact: 'return', ...at, ...goods };
      case 'taken':
        return { fact: 'dispatch', consignment: `OUT-${this.run}-${index}`, from: place, to: 'IT', ...goods };
      case 'allocated':
        return { fact: 'allocate', place, ...goods, destination: 'IT' };
      case 'stocktake':
        return { fact: 'count', place, ...goods };
      case 'written off':
        return { fact: 'write-off', place, ...goods, cause: 'lost' };
      case 'restated':
        return {
          ...this.cells({ kind: 'counted', box, hub, quantity, corrects }, index),
          corrects: this.entry(corrects),
          contradiction: '',
        };
      default:
        return { fact: 'void', corrects: this.entry(corrects), consignment };
    }
  }
}

describe('rows of a logbook', () => {
  let houses: readonly House[];
  beforeAll(async () => {
    houses = [await House.open(), await House.open()];
    // Whoever does not have to wait for another append overtakes it.
    const { log } = houses[1]!.stores;
    const append = log.append.bind(log);
    let appends = 0;
    log.append = async (...appended) => {
      for (let turns = (appends++ * 7) % 5; turns > 0; turns--) await nextTurn();
      return append(...appended);
    };
  });
  afterAll(() => Promise.all(houses.map((house) => house.close())));

  it('end as they do one after the other', async () => {
    let run = 0;
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
        const logbook = new Logbook(++run, steps);
        const [one, many] = await Promise.all(
          houses.map(async (house, index) => {
            const { results } = await house.import(logbook.csv, index === 0 ? 1 : undefined);
            const stock = [1, 2].map((nth) => house.report(hubStockReport, { hub: logbook.hub(nth) }));
            const countries = await house.countries();
            return {
              results,
              stock: (await Promise.all(stock)).map(({ rows }) => rows),
              countries: countries.rows.filter(({ item }) => item === logbook.item),
            };
          }),
        );
        expect(many).toEqual(one);
        for (const { facts, outcome, code = '' } of one!.results) outcomes.add(`${facts.join()} ${outcome} ${code}`);
      }),
      // To find a smaller logbook that fails would take many more of them.
      { numRuns: RUNS, endOnFailure: true },
    );
    // Enough of it was recorded for the order to matter.
    for (const seen of ['receipt', 'dispatch', 'allocate', 'count', 'void'])
      expect(outcomes).toContain(`${seen} accepted `);
    expect(outcomes).toContain('dispatch refused NOT_ENOUGH_STOCK');
  }, 60_000);
});
