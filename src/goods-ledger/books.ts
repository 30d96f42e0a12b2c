// goods ledger: who holds what; pure.
import {
  accountKey,
  inOrder,
  isSameAccount,
  lineKey,
  type Account,
  type Bucket,
  type Holding,
  type Line,
  type Movement,
} from './account.js';

/** Whatever can say what an account holder holds. */
export interface Balances {
  /** All holdings of a holder in a bucket that are not zero, in order of account and line. */
  holdings(bucket: Bucket, holder: string): readonly Holding[];
}

/** Balances as values: posting makes new books. */
export class Books implements Balances {
  static readonly empty = new Books(new Map());

  private constructor(private readonly rows: ReadonlyMap<string, Holding>) {}

  holdings(bucket: Bucket, holder: string): readonly Holding[] {
    const held = this.all().filter(
      ({ account, quantity }) => quantity && account.bucket === bucket && account.holder === holder,
    );
    return inOrder(held);
  }

  all(): readonly Holding[] {
    return [...this.rows.values()];
  }

  post(movements: readonly Movement[]): Books {
    const rows = new Map(this.rows);
    for (const { from, to, quantity, ...line } of movements) {
      add(rows, from, line, -quantity);
      add(rows, to, line, quantity);
    }
    return new Books(rows);
  }
}

/** Movements in the making: each draw sees what the earlier ones left. */
export class Postings implements Balances {
  readonly movements: Movement[] = [];
  /** What was moved, by bucket and holder. */
  private readonly made = new Map<string, Holding[]>();

  constructor(private readonly before: Balances) {}

  move(from: Account, to: Account, { item, donation, lot }: Line, quantity: number): void {
    if (quantity === 0 || isSameAccount(from, to)) return;
    this.movements.push({ from, to, item, donation, lot, quantity });
    this.note({ account: from, item, donation, lot, quantity: -quantity });
    this.note({ account: to, item, donation, lot, quantity });
  }

  holdings(bucket: Bucket, holder: string): readonly Holding[] {
    const before = this.before.holdings(bucket, holder);
    const made = this.made.get(`${bucket}/${holder}`);
    if (!made) return before;
    const rows = new Map<string, Holding>();
    for (const { account, quantity, ...line } of [...before, ...made]) add(rows, account, line, quantity);
    return inOrder([...rows.values()].filter(({ quantity }) => quantity !== 0));
  }

  private note(posted: Holding): void {
    const { bucket, holder } = posted.account;
    const made = this.made.get(`${bucket}/${holder}`);
    if (made) made.push(posted);
    else this.made.set(`${bucket}/${holder}`, [posted]);
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

function add(rows: Map<string, Holding>, account: Account, { item, donation, lot }: Line, quantity: number): void {
  const key = `${accountKey(account)}|${lineKey({ item, donation, lot })}`;
  const known = rows.get(key);
  rows.set(key, known ? { ...known, quantity: known.quantity + quantity } : { account, item, donation, lot, quantity });
}
