// goods ledger: what those hold whom facts draw on, remembered from page to page.
import { inOrder, type Bucket, type Holding } from './account.js';
import type { Balances } from './books.js';

/** Buckets that facts take goods out of: those of consignments and of pledges. */
export const DRAWN_ON: readonly Bucket[] = ['inTransit', 'rejected', 'unexplained', 'lost', 'pledged'];

/** Holders remembered at a time. */
const HOLDERS_MAX = 2_000;

/** More lines than any ledger has, and few enough that the numbers of account and line make one exact number. */
const LINES_MAX = 2 ** 25;

/** Where holdings are read when they are not remembered. */
export interface Shelf {
  /** What a holder holds in the buckets that facts draw on. */
  drawnOn(holder: string): Held[];
  /** What a holder holds in another bucket. */
  other(bucket: Bucket, holder: string): Holding[];
  /** Writes whatever waits, so that it is read too. */
  write(): void;
}

/** The numbers of an account and a line, and which holding they are. */
export interface Held {
  readonly account: number;
  readonly line: number;
  readonly holding: Holding;
}

/** What a holder holds in one bucket. */
interface Pile {
  /** Also those that came to zero. */
  holdings: Holding[];
  /** Where each holding stands, by the numbers of account and line. */
  readonly places: Map<number, number>;
  ordered: boolean;
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
    if (!pile.ordered) putInOrder(pile);
    return pile.holdings.filter(({ quantity }) => quantity !== 0);
  }

  /** What comes to an account, or goes when it is less than 0. */
  add(moved: Held): void {
    const { bucket, holder } = moved.holding.account;
    if (DRAWN_ON.includes(bucket)) put(this.pilesOf(holder), moved);
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
    for (const held of this.shelf.drawnOn(holder)) put(piles, held);
    return piles;
  }
}

function put(piles: Map<Bucket, Pile>, { account, line, holding }: Held): void {
  const { bucket } = holding.account;
  let pile = piles.get(bucket);
  if (!pile) piles.set(bucket, (pile = { holdings: [], places: new Map(), ordered: true }));
  const { holdings, places } = pile;
  const key = account * LINES_MAX + line;
  const place = places.get(key);
  if (place !== undefined) {
    const before = holdings[place]!;
    holdings[place] = { ...before, quantity: before.quantity + holding.quantity };
    return;
  }
  places.set(key, holdings.length);
  holdings.push(holding);
  pile.ordered = holdings.length < 2;
}

function putInOrder(pile: Pile): void {
  const { holdings, places } = pile;
  const sorted = inOrder(holdings);
  const now = new Map(sorted.map((holding, place) => [holding, place]));
  for (const [key, place] of places) places.set(key, now.get(holdings[place]!)!);
  pile.holdings = sorted;
  pile.ordered = true;
}
