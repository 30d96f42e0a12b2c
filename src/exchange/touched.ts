// exchange: what each row of a file changes and what it mentions.
import type { ImportRow, WrittenFact } from './instruction.js';

export class Touched {
  /** Facts of many rows that a row before stated. */
  private readonly begun = new Set<string>();
  private readonly notHubs = new Set<string>();

  /** `isHub` is false for places whose stock needs no order; so are those the file registers as something else. */
  constructor(private readonly isHub: (place: string) => boolean) {}

  /** Asked row by row, in the order of the file. */
  by({ facts }: ImportRow): { writes: Set<string>; reads: Set<string> } {
    const writes = new Set<string>();
    const reads = new Set<string>();
    for (const fact of facts) {
      this.learnPlace(fact);
      const first = fact.once === undefined || !this.begun.has(fact.once);
      for (const thing of fact.writes) if (!this.isIdleStock(thing)) (first ? writes : reads).add(thing);
      for (const thing of fact.reads) reads.add(thing);
      if (fact.once !== undefined) this.begun.add(fact.once);
    }
    return { writes, reads };
  }

  private learnPlace({ instruction: { command, body } }: WrittenFact): void {
    const { place, kind } = body as { place?: string; kind?: string };
    if (command === 'RegisterPlace' && place && kind !== 'hub') this.notHubs.add(place.toUpperCase());
  }

  private isIdleStock(thing: string): boolean {
    if (!thing.startsWith('stock:')) return false;
    const place = thing.slice('stock:'.length);
    return this.notHubs.has(place) || !this.isHub(place);
  }
}
