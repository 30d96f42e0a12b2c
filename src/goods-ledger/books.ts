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

/** Balances as values: posting makes new books. */
export class Books implements Balances {
  static readonly empty = new Books(new Map());

  private latest: { readonly of: object; readonly posted: Posted } | undefined;

  private constructor(private readonly rows: ReadonlyMap<string, Holding>) {}

  holdings(bucket: Bucket, holder: string): readonly Holding[] {
    const held: Holding[] = [];
    for (const row of this.rows.values()) {
      if (row.account.bucket === bucket && row.account.holder === holder && row.quantity !== 0) held.push(row);
    }
    return inOrder(held);
  }

  all(): readonly Holding[] {
    return [...this.rows.values()];
  }

  /** What a fact moves on these books; asked twice in a row of the same fact, it is worked out once. */
  posted(of: object, workOut: () => Posted): Posted {
    if (this.latest?.of !== of) this.latest = { of, posted: workOut() };
    return this.latest.posted;
  }

  post(movements: readonly Movement[]): Books {
    const rows = new Map(this.rows);
    for (const movement of movements) {
      add(rows, movement.from, movement, -movement.quantity);
      add(rows, movement.to, movement, movement.quantity);
    }
    return new Books(rows);
  }
}

/** Movements in the making: each draw sees what the earlier ones left. */
export class Postings implements Balances {
  readonly movements: Movement[] = [];
  /** What was moved, by bucket and holder. */
  private readonly made = new Map<string, Pocket>();

  constructor(private readonly before: Balances) {}

  move(from: Account, to: Account, { item, donation, lot }: Line, quantity: number): void {
    if (quantity === 0 || isSameAccount(from, to)) return;
    this.movements.push({ from, to, item, donation, lot, quantity });
    this.pocket(from.bucket, from.holder).note({ account: from, item, donation, lot, quantity: -quantity });
    this.pocket(to.bucket, to.holder).note({ account: to, item, donation, lot, quantity });
  }

  holdings(bucket: Bucket, holder: string): readonly Holding[] {
    return this.pocket(bucket, holder).holdings(() => this.before.holdings(bucket, holder));
  }

  private pocket(bucket: Bucket, holder: string): Pocket {
    const key = `${bucket}/${holder}`;
    let pocket = this.made.get(key);
    if (!pocket) this.made.set(key, (pocket = new Pocket()));
    return pocket;
  }
}

/** What one holder holds in one bucket while movements are made; what stood before is asked for once, if at all. */
class Pocket {
  private noted: Holding[] = [];
  /** Also those that came to zero; undefined until somebody asks. */
  private rows: Holding[] | undefined;
  private ordered = true;

  note(posted: Holding): void {
    if (!this.rows) {
      this.noted.push(posted);
      return;
    }
    // A pocket holds few rows: to look through them is faster than to make keys.
    const place = this.rows.findIndex((row) => isSameHolding(row, posted));
    const row = this.rows[place];
    if (row) this.rows[place] = { ...row, quantity: row.quantity + posted.quantity };
    else this.ordered = this.rows.push(posted) < 2;
  }

  holdings(before: () => readonly Holding[]): Holding[] {
    if (!this.rows) {
      this.rows = [...before()];
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

function add(rows: Map<string, Holding>, account: Account, line: Line, quantity: number): void {
  const { item, donation, lot } = line;
  const key = `${accountKey(account)}|${lineKey(line)}`;
  const known = rows.get(key);
  rows.set(key, known ? { ...known, quantity: known.quantity + quantity } : { account, item, donation, lot, quantity });
}
