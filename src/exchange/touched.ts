// exchange: what each row of a file changes and what it mentions.
import { EVERYTHING } from './entry.js';
import type { ImportRow, WrittenFact } from './instruction.js';

/** What an import asks the house about its places and records before it begins a row. */
export interface Acquaintance {
  /** Stock at other places needs no order; left out, any may be a hub but those the file registers as something else. */
  isHub?(place: string): boolean;
  /** True for a consignment without any entry so far; left out, each may have some. */
  isNew?(consignment: string): boolean;
}

/** Things that only one row at a time may be at, and things that many may be at together. */
export interface Touches {
  readonly writes: Set<string>;
  readonly reads: Set<string>;
}

const CONSIGNMENT = 'consignment:';
const STOCK = 'stock:';

export class Touched {
  /** Facts of many rows that a row before stated. */
  private readonly begun = new Set<string>();
  private readonly notHubs = new Set<string>();
  /** The stock that entries of a consignment touch; undefined where there are entries that the file does not hold. */
  private readonly stockOf = new Map<string, string[] | undefined>();
  private anyUnnamed = false;

  constructor(private readonly known: Acquaintance) {}

  /** Asked row by row, in the order of the file. */
  by({ facts }: ImportRow): Touches {
    const writes = new Set<string>();
    const reads = new Set<string>();
    for (const fact of facts) {
      this.learnPlace(fact);
      const first = fact.once === undefined || !this.begun.has(fact.once);
      const stock = this.stockBehind(fact);
      if (stock) writes.add(fact.within!);
      for (const thing of stock ?? []) reads.add(thing);
      for (const thing of fact.writes) {
        if (!(stock && thing === EVERYTHING) && !this.isIdleStock(thing)) (first ? writes : reads).add(thing);
      }
      for (const thing of fact.adjusts) if (!this.isIdleStock(thing)) reads.add(thing);
      for (const thing of fact.reads) reads.add(thing);
      this.learnStock(fact);
      if (fact.once !== undefined) this.begun.add(fact.once);
    }
    return { writes, reads };
  }

  /** The stock of a consignment, where all of it is known: nothing else then waits for a fact that changes no other. */
  private stockBehind({ within }: WrittenFact): readonly string[] | undefined {
    return within === undefined || this.anyUnnamed ? undefined : this.stockOf.get(within);
  }

  private learnPlace({ instruction: { command, body } }: WrittenFact): void {
    const { place, kind } = body as { place?: string; kind?: string };
    if (command === 'RegisterPlace' && place && kind !== 'hub') this.notHubs.add(place.toUpperCase());
  }

  private learnStock({ writes, adjusts }: WrittenFact): void {
    const consignment = writes.find((thing) => thing.startsWith(CONSIGNMENT));
    if (consignment === undefined) return;
    // The house makes a reference for a consignment without one: what other rows call it cannot be told.
    if (consignment === CONSIGNMENT) this.anyUnnamed = true;
    if (!this.stockOf.has(consignment)) {
      const isNew = this.known.isNew?.(consignment.slice(CONSIGNMENT.length)) ?? false;
      this.stockOf.set(consignment, isNew ? [] : undefined);
    }
    const stock = this.stockOf.get(consignment);
    for (const thing of [...writes, ...adjusts]) {
      if (stock && thing.startsWith(STOCK) && !this.isIdleStock(thing) && !stock.includes(thing)) stock.push(thing);
    }
  }

  private isIdleStock(thing: string): boolean {
    if (!thing.startsWith(STOCK)) return false;
    const place = thing.slice(STOCK.length);
    return this.notHubs.has(place) || !(this.known.isHub?.(place) ?? true);
  }
}
