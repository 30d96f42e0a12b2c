// goods ledger: who holds what; pure.
import {
  accountKey,
  inOrder,
  isSameAccount,
  isSameHolding,
  lineKey,
  type Account,
  type Bucket,
  type Holding,
  type Line,
  type Movement,
  type Posted,
} from './account.js';

/** Whatever can say what an account holder holds. */
export interface Balances {
  /** All holdings of a holder in a bucket that are not zero, in order of account and line. */
  holdings(bucket: Bucket, holder: string): readonly Holding[];
}

/** To compare so many rows is faster than to make keys of them. */
const COMPARED_MAX = 10_000;

/** Balances as values: posting makes new books. */
export class Books implements Balances {
  static readonly empty = new Books([]);

  private latest: { readonly of: object; readonly posted: Posted } | undefined;

  /** In the order in which they were first posted to, also those that came to zero. */
  private constructor(private readonly rows: readonly Holding[]) {}

  holdings(bucket: Bucket, holder: string): readonly Holding[] {
    return inOrder(
      this.rows.filter(({ account, quantity }) => {
        return quantity !== 0 && account.bucket === bucket && account.holder === holder;
      }),
    );
  }

  all(): readonly Holding[] {
    return this.rows;
  }

  /** What a fact moves on these books; asked twice in a row of the same fact, it is worked out once. */
  posted(of: object, workOut: () => Posted): Posted {
    if (this.latest?.of !== of) this.latest = { of, posted: workOut() };
    return this.latest.posted;
  }

  post(movements: readonly Movement[]): Books {
    const rows = [...this.rows];
    const compared = (rows.length + movements.length) * movements.length;
    const placeOf = compared > COMPARED_MAX ? byKeys(rows) : (posted: Holding) => placeAmong(rows, posted);
    for (const { from, to, item, donation, lot, quantity } of movements) {
      const taken = { account: from, item, donation, lot, quantity: -quantity };
      const given = { account: to, item, donation, lot, quantity };
      for (const posted of [taken, given]) add(rows, placeOf(posted), posted);
    }
    return new Books(rows);
  }
}

/** Where the row of a holding stands among rows; their number where there is none yet. */
function placeAmong(rows: readonly Holding[], posted: Holding): number {
  let place = 0;
  while (place < rows.length && !isSameHolding(rows[place]!, posted)) place++;
  return place;
}

/** The same for many, among rows that grow by what is asked for. */
function byKeys(rows: readonly Holding[]): (posted: Holding) => number {
  const places = new Map(rows.map((row, place) => [keyOf(row), place]));
  return (posted) => {
    const key = keyOf(posted);
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place;
  };
}

function keyOf(row: Holding): string {
  return `${accountKey(row.account)}|${lineKey(row)}`;
}

function add(rows: Holding[], place: number, posted: Holding): void {
  const before = rows[place];
  rows[place] = before ? { ...before, quantity: before.quantity + posted.quantity } : posted;
}

/** Movements in the making: each draw sees what the earlier ones left. */
export class Postings implements Balances {
  readonly movements: Movement[] = [];
  /** Of everybody who was asked about or moved something: a handful, found by comparing. */
  private readonly pockets: Pocket[] = [];

  constructor(private readonly before: Balances) {}

  move(from: Account, to: Account, { item, donation, lot }: Line, quantity: number): void {
    if (quantity === 0 || isSameAccount(from, to)) return;
    this.movements.push({ from, to, item, donation, lot, quantity });
    this.pocket(from.bucket, from.holder).note({ account: from, item, donation, lot, quantity: -quantity });
    this.pocket(to.bucket, to.holder).note({ account: to, item, donation, lot, quantity });
  }

  holdings(bucket: Bucket, holder: string): readonly Holding[] {
    return this.pocket(bucket, holder).holdings(this.before);
  }

  private pocket(bucket: Bucket, holder: string): Pocket {
    for (const pocket of this.pockets) if (pocket.holder === holder && pocket.bucket === bucket) return pocket;
    const pocket = new Pocket(bucket, holder);
    this.pockets.push(pocket);
    return pocket;
  }
}

/** What one holder holds in one bucket while movements are made; what stood before is asked for once, if at all. */
class Pocket {
  private noted: Holding[] = [];
  /** Also those that came to zero; undefined until somebody asks. */
  private rows: Holding[] | undefined;
  private ordered = true;

  constructor(
    readonly bucket: Bucket,
    readonly holder: string,
  ) {}

  note(posted: Holding): void {
    if (!this.rows) {
      this.noted.push(posted);
      return;
    }
    const stood = this.rows.length;
    add(this.rows, placeAmong(this.rows, posted), posted);
    if (this.rows.length > stood) this.ordered = stood === 0;
  }

  holdings(before: Balances): Holding[] {
    if (!this.rows) {
      this.rows = [...before.holdings(this.bucket, this.holder)];
      for (const posted of this.noted) this.note(posted);
    }
    if (!this.ordered) this.rows = inOrder(this.rows);
    this.ordered = true;
    return this.rows.filter(({ quantity }) => quantity !== 0);
  }
}

/** Takes up to `wanted` pieces from positive holdings, in their order. */
export function draw(wanted: number, pools: readonly Holding[]): { taken: readonly Holding[]; missing: number } {
  const taken: Holding[] = [];
  let missing = wanted;
  for (const pool of pools) {
    const quantity = Math.min(missing, pool.quantity);
    if (quantity <= 0) continue;
    taken.push({ ...pool, quantity });
    missing -= quantity;
  }
  return { taken, missing };
}

export function total(holdings: readonly { readonly quantity: number }[]): number {
  return holdings.reduce((sum, { quantity }) => sum + quantity, 0);
}
