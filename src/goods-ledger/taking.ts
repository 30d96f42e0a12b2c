// goods ledger: how goods are taken out of what a consignment holds; pure.
import { account, sorted, type Account, type Beyond, type Bucket, type Holding, type Line } from './account.js';
import { draw, Postings } from './books.js';
import { countriesOf, UNDECIDED, type Destination } from './destination.js';

export abstract class Taking extends Postings {
  readonly beyond: Beyond[] = [];

  /**
   * Moves `wanted` pieces of a line out of what the consignment holds, bucket by bucket, goods meant for `country` first.
   * What nobody holds comes out of unexplained, which then shows a surplus.
   */
  protected take(
    consignment: string,
    line: Line,
    wanted: number,
    buckets: readonly Bucket[],
    to: (destination: Destination) => Account,
    country?: string,
  ): void {
    let missing = wanted;
    let nearest: Holding | undefined;
    for (const bucket of buckets) {
      if (missing === 0) return;
      const matching = this.holdings(bucket, consignment).filter((held) => matches(held, line));
      const pools = sorted(matching, (a, b) => nearness(b, country, line) - nearness(a, country, line));
      nearest ??= pools[0];
      const drawn = draw(missing, pools);
      for (const held of drawn.taken) {
        const from = this.identified(held, line.lot);
        this.move(from.account, to(from.account.destination), from, from.quantity);
      }
      missing = drawn.missing;
    }
    if (missing === 0) return;
    const destination = country ?? nearest?.account.destination ?? this.meantFor(consignment, line);
    this.move(account('unexplained', consignment, destination), to(destination), line, missing);
    this.beyond.push({ item: line.item, donation: line.donation, lot: line.lot, quantity: missing });
  }

  /** Goods whose lot becomes known: the donor gave that lot, not goods without one, so each lot still sums to zero. */
  private identified(held: Holding, lot: string): Holding {
    if (held.lot === lot || lot === '') return held;
    const donor = account('donor', held.donation, UNDECIDED);
    this.move(held.account, donor, held, held.quantity);
    this.move(donor, held.account, { ...held, lot }, held.quantity);
    return { ...held, lot };
  }

  private meantFor(consignment: string, line: Line): Destination {
    const known = this.holdings('unexplained', consignment).find((held) => held.item === line.item);
    return known?.account.destination ?? UNDECIDED;
  }
}

/** A line without a lot speaks of any lot; a line with one speaks of that lot or of goods whose lot is not known. */
function matches(held: Holding, line: Line): boolean {
  const sameLot = line.lot === '' || held.lot === line.lot || held.lot === '';
  return held.quantity > 0 && held.item === line.item && held.donation === line.donation && sameLot;
}

function nearness(held: Holding, country: string | undefined, line: Line): number {
  const { destination } = held.account;
  const sameLot = held.lot === line.lot ? 1 : 0;
  if (country === undefined) return sameLot;
  if (destination === country) return 6 + sameLot;
  return (countriesOf(destination).includes(country) ? 4 : destination === UNDECIDED ? 2 : 0) + sameLot;
}
