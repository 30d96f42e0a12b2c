// goods ledger: what those hold whom facts draw on, remembered from page to page.
import { accountKey, inOrder, lineKey, type Account, type Bucket, type Holding, type Line } from './account.js';
import type { Balances } from './books.js';

/** Buckets that facts take goods out of: those of consignments and of pledges. */
export const DRAWN_ON: readonly Bucket[] = ['inTransit', 'rejected', 'unexplained', 'lost', 'pledged'];

/** Holders remembered at a time. */
const HOLDERS_MAX = 2_000;

/** Where holdings are read when they are not remembered. */
export interface Shelf {
  /** What a holder holds in the buckets that facts draw on. */
  drawnOn(holder: string): Holding[];
  /** What a holder holds in another bucket. */
  other(bucket: Bucket, holder: string): Holding[];
  /** Writes whatever waits, so that it is read too. */
  write(): void;
}

interface Pile {
  readonly holdings: Map<string, Holding>;
  /** Those that are not zero, in their order; undefined after a change. */
  sorted: Holding[] | undefined;
}

export class Holders implements Balances {
  private readonly known = new Map<string, Map<Bucket, Pile>>();

  constructor(private readonly shelf: Shelf) {}

  holdings(bucket: Bucket, holder: string): readonly Holding[] {
    if (!DRAWN_ON.includes(bucket)) {
      this.shelf.write();
      return this.shelf.other(bucket, holder);
    }
    const pile = this.pilesOf(holder).get(bucket);
    if (!pile) return [];
    pile.sorted ??= inOrder([...pile.holdings.values()].filter(({ quantity }) => quantity !== 0));
    return pile.sorted;
  }

  add(account: Account, line: Line, quantity: number): void {
    if (DRAWN_ON.includes(account.bucket)) put(this.pilesOf(account.holder), account, line, quantity);
  }

  /** Keeps memory flat; only while nothing waits to be written. */
  rest(): void {
    if (this.known.size > HOLDERS_MAX) this.known.clear();
  }

  forget(): void {
    this.known.clear();
  }

  /** Read before anything of the holder waits to be written, for `add` asks first. */
  private pilesOf(holder: string): Map<Bucket, Pile> {
    const known = this.known.get(holder);
    if (known) return known;
    const piles = new Map<Bucket, Pile>();
    this.known.set(holder, piles);
    for (const { account, quantity, ...line } of this.shelf.drawnOn(holder)) put(piles, account, line, quantity);
    return piles;
  }
}

function put(piles: Map<Bucket, Pile>, account: Account, { item, donation, lot }: Line, quantity: number): void {
  let pile = piles.get(account.bucket);
  if (!pile) piles.set(account.bucket, (pile = { holdings: new Map(), sorted: undefined }));
  const key = `${accountKey(account)}|${lineKey({ item, donation, lot })}`;
  const before = pile.holdings.get(key)?.quantity ?? 0;
  pile.holdings.set(key, { account, item, donation, lot, quantity: before + quantity });
  pile.sorted = undefined;
}
