// bench: what the reports must say, added up by the generator alone.

/** Pieces that a generated fact adds to a cell of the country report; times in milliseconds since 1970. */
export interface Posting {
  readonly destination: string;
  readonly item: string;
  readonly bucket: string;
  readonly quantity: number;
  readonly happened: number;
  readonly reported: number;
}

export interface Limits {
  readonly until?: number;
  readonly knownAt?: number;
}

export type Cell = Pick<Posting, 'destination' | 'item' | 'bucket' | 'quantity'>;

export class Totals {
  private readonly cells = new Map<string, number>();

  private readonly limits: Limits;

  constructor(limits: Limits = {}) {
    this.limits = limits;
  }

  add(postings: readonly Posting[]): void {
    const { until = Infinity, knownAt = Infinity } = this.limits;
    for (const posting of postings) {
      if (posting.happened > until || posting.reported > knownAt) continue;
      const key = keyOf(posting);
      this.cells.set(key, (this.cells.get(key) ?? 0) + posting.quantity);
    }
  }

  /** Cells that are not zero, in the order of their keys. */
  entries(): [string, number][] {
    return [...this.cells].filter(([, quantity]) => quantity !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

export function keyOf({ destination, item, bucket }: Omit<Cell, 'quantity'>): string {
  return `${destination} ${item} ${bucket}`;
}

/** Throws when a report differs from the generator's totals. */
export function mustEqual(what: string, expected: readonly [string, number][], cells: readonly Cell[]): void {
  const found = new Map(cells.map((cell) => [keyOf(cell), cell.quantity]));
  const wrong = expected.filter(([key, quantity]) => found.get(key) !== quantity);
  if (wrong.length === 0 && found.size === expected.length) return;
  const [key, quantity] = wrong[0] ?? ['number of cells', expected.length];
  throw new Error(
    `${what} is wrong: ${key} must be ${quantity}, not ${found.get(key) ?? found.size} (${wrong.length} wrong).`,
  );
}

export function mustBe(what: string, expected: number, found: number): void {
  if (expected !== found) throw new Error(`${what} is wrong: it must be ${expected}, not ${found}.`);
}
