// Views that only remember what they were given, and a log that grows when it is told to.
import type { Delivered } from '../../src/kernel/delivered.js';
import { NO_STREAM } from '../../src/kernel/event-store.js';
import type { Checkpoint, Projection } from '../../src/kernel/follow.js';
import { eventId } from '../../src/kernel/identifiers.js';
import type { Fact } from '../../src/kernel/recorded.js';
import { MemoryEventStore } from '../../src/store/memory.event-store.js';
import * as relief from './relief.js';

/** A projection that remembers its pages and cannot apply one position while `poison` says so. */
export class Pages implements Projection {
  readonly pages: (readonly Delivered[])[] = [];
  poison: number | undefined;
  private at: Checkpoint = { position: 0, events: 0 };

  checkpoint(): Checkpoint {
    return this.at;
  }

  apply(page: readonly Delivered[]): void {
    const bad = page.find(({ entry }) => entry.position === this.poison);
    if (bad) throw new Error(`Position ${bad.entry.position} cannot be applied.`);
    this.pages.push(page);
    this.at = { position: page.at(-1)!.entry.position, events: this.at.events + page.length };
  }

  get positions(): number[] {
    return this.pages.flat().map(({ entry }) => entry.position);
  }
}

export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

export class GrowingLog extends MemoryEventStore {
  private version = NO_STREAM;

  /** So many facts more, in one stream. */
  async grow(count: number, fact: Fact = relief.pledged()): Promise<void> {
    const about = { schema: 1, happenedAt: relief.HAPPENED, fingerprint: '', ...relief.circumstances('c') };
    const events = Array.from({ length: count }, (_, index) => ({
      ...fact,
      ...about,
      id: eventId('grown', 'c', this.version + 1 + index),
    }));
    this.version = (await this.append('donation-D', this.version, events)).version;
  }
}
