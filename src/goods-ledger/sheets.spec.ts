// goods ledger: what crowded days add up to, and that their rows do not depend on the pages they came in.
import fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { totalsAsOf, type AsOf } from './as-of.js';
import { DAY_MS, dayOf, SLOTS_A_DAY } from './days.js';
import { addTo } from './quantities.js';
import { Sheets } from './sheets.js';
import { Totals } from './totals.js';

interface Booked {
  readonly happened: number;
  readonly reported: number;
  readonly from: number;
  readonly to: number;
  readonly quantity: number;
}

/** Cells with small and with large numbers; 0 is what no report shows. */
const CELLS = [0, 1, 2, 65_535, 65_536, 70_000];
const HOUR_MS = DAY_MS / 24;

/** In no order of time over three days, most reported within hours, some a day or a week later, some before it happened. */
function crowded(count: number, begins: number): Booked[] {
  return Array.from({ length: count }, (_, nth) => {
    const happened = begins + ((nth * 7_919_333) % (3 * DAY_MS));
    const late = [0, 1, 5, 24, 3, 2, 7 * 24, -1, 0, 30 * 24][nth % 10]! * HOUR_MS;
    const [from, to] = [CELLS[nth % CELLS.length]!, CELLS[(nth * 5 + 1) % CELLS.length]!];
    return { happened, reported: happened + late + (nth % 3), from, to, quantity: 1 + ((nth * 31) % 1_000) };
  });
}

const KEYS = {
  totals: 'wide, high, happened, reported',
  ...{ loose: 'slot, day', sheets: 'slot, day, sheet', sheet_sums: 'slot, day', late_reports: 'slot, sheet' },
};

class Books {
  readonly db = new DatabaseSync(':memory:');
  private readonly totals: Totals;
  private readonly sheets: Sheets;

  constructor() {
    this.db.exec(Totals.tables + Sheets.tables);
    const insert = this.db.prepare(`INSERT INTO cells (id, destination, item, bucket) VALUES (?, 'IT', ?, 'atHub')`);
    for (const cell of CELLS.slice(1)) insert.run(cell, String(cell));
    [this.totals, this.sheets] = [new Totals(this.db), new Sheets(this.db)];
  }

  static of(postings: readonly Booked[], page: number): Books {
    const books = new Books();
    for (let start = 0; start < postings.length; start += page) {
      books.take(postings.slice(start, start + page));
      books.write();
    }
    return books;
  }

  take(postings: readonly Booked[]): void {
    for (const { happened, reported, from, to, quantity } of postings) {
      const day = this.totals.ofDays(dayOf(happened), dayOf(reported));
      if (from !== 0) addTo(day, from, -quantity);
      if (to !== 0) addTo(day, to, quantity);
      this.sheets.add(happened, reported, from, to, quantity);
    }
  }

  write(): void {
    for (const rows of [this.totals, this.sheets]) rows.write();
  }

  forget(): void {
    for (const rows of [this.totals, this.sheets]) rows.forget();
  }

  asOf(limits: AsOf): Record<string, number> {
    return Object.fromEntries(totalsAsOf(this.db)(limits).map(({ item, quantity }) => [item, quantity]));
  }

  rows(): unknown[] {
    return Object.entries(KEYS).map(([table, key]) => this.db.prepare(`SELECT * FROM ${table} ORDER BY ${key}`).all());
  }

  count(table: string, what = '*'): number {
    return (this.db.prepare(`SELECT count(${what}) AS n FROM ${table}`).get() as { n: number }).n;
  }
}

/** The same, one posting after the other. */
function counted(postings: readonly Booked[], { until = Infinity, knownAt = Infinity }: AsOf): Record<string, number> {
  const sums = new Map<number, number>();
  for (const { happened, reported, from, to, quantity } of postings) {
    if (happened > until || reported > knownAt) continue;
    addTo(sums, from, -quantity);
    addTo(sums, to, quantity);
  }
  return Object.fromEntries([...sums].filter(([cell, quantity]) => cell !== 0 && quantity !== 0));
}

describe.each`
  when             | begins
  ${'after 1970'}  | ${Date.UTC(2020, 2, 14)}
  ${'around 1970'} | ${-2 * DAY_MS}
`('crowded days $when', ({ begins }) => {
  const postings = crowded(70_000, begins);
  const books = Books.of(postings, 1_000);
  const time = fc.oneof(
    fc.integer({ min: -2 * DAY_MS, max: 40 * DAY_MS }),
    fc.integer({ min: 0, max: 3 * DAY_MS }),
    fc
      .tuple(fc.integer({ min: 0, max: 32 }), fc.integer({ min: -1, max: 1 }))
      .map(([slot, beside]) => 3 * HOUR_MS * slot + beside),
    fc.nat({ max: postings.length - 1 }).map((nth) => postings[nth]!.happened - begins),
  );
  const limit = time.map((offset) => begins + offset);

  it('fill sheets, for what is prompt and for what is late', () => {
    expect(books.count('sheets')).toBeGreaterThan(books.count('sheet_sums'));
    expect(books.count('sheet_sums')).toBeGreaterThan(3 * SLOTS_A_DAY);
    expect(books.count('late_reports')).toBeGreaterThan(books.count('late_reports', 'DISTINCT slot'));
  });

  it('add up to a sum over all postings, whatever the limits', () => {
    const question = fc.record({ until: limit, knownAt: limit }, { requiredKeys: [] });
    const property = fc.property(question, (asOf) => expect(books.asOf(asOf)).toEqual(counted(postings, asOf)));
    fc.assert(property, { numRuns: 150 });
  });

  it('add up to it where both limits are the same', () => {
    const property = fc.property(limit, (until) => {
      expect(books.asOf({ until, knownAt: until })).toEqual(counted(postings, { until, knownAt: until }));
    });
    fc.assert(property, { numRuns: 100 });
  });
});

describe('the rows of crowded days', () => {
  const postings = crowded(6_000, Date.UTC(2020, 2, 14));

  it.each([1, 7, 129, 6_000])('are the same when they come in pages of %d', (page) => {
    expect(Books.of(postings, page).rows()).toEqual(Books.of(postings, 500).rows());
  });

  it('remember nothing of postings that were taken back', () => {
    const books = Books.of(postings, 500);
    books.take(postings.slice(0, 300));
    books.forget();
    books.write();
    expect(books.rows()).toEqual(Books.of(postings, 500).rows());
  });
});

describe('a quantity', () => {
  const at = Date.UTC(2020, 2, 14, 12);

  it.each([1, 200])('as large as can be counted stays exact among %d others', (others) => {
    const largest = { happened: at, reported: at, from: 0, to: 70_000, quantity: Number.MAX_SAFE_INTEGER - others };
    const ones = Array.from({ length: others }, () => ({ ...largest, quantity: 1 }));
    const books = Books.of([largest, ...ones], 50);
    expect(books.asOf({ until: at })).toEqual({ 70_000: Number.MAX_SAFE_INTEGER });
    expect(books.asOf({ until: at - 1 })).toEqual({});
    expect(books.asOf({ until: at + DAY_MS, knownAt: at })).toEqual({ 70_000: Number.MAX_SAFE_INTEGER });
  });
});
