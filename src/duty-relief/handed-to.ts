// duty relief: who got the goods of a consignment, also by way of hubs; pure.
import { lineKey, type Account } from '../goods-ledger/account.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';
import { Tally } from './tally.js';

export interface Recipient {
  readonly organisation: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly quantity: number;
}

export interface HandedTo {
  readonly recipients: readonly Recipient[];
  /** Whom the goods are for that are still under way or at a hub. */
  readonly destinations: readonly string[];
}

/**
 * Follows the goods of any consignment to its own deliveries and to those of the consignments that left the hubs it came
 * to. Pieces of one donation and lot cannot be told apart, so goods that came with another consignment may be among them.
 */
export function handedTo(movements: readonly MovementRow[]): (consignment: string) => HandedTo {
  const trails = new Map<string, Trail>();
  const carried = new Map<string, Set<Trail>>();
  for (const movement of movements) {
    const trail = trails.get(lineKey(movement)) ?? new Trail();
    trails.set(lineKey(movement), trail);
    trail.add(movement);
    carried.set(movement.stream, (carried.get(movement.stream) ?? new Set()).add(trail));
  }
  return (consignment) => {
    const start = `consignment-${consignment}`;
    const ends = [...(carried.get(start) ?? [])].map((trail) => trail.from(start));
    const delivered = Tally.together(ends.map((end) => end.delivered));
    return {
      recipients: delivered.map(([key, quantity]) => {
        const [organisation, country] = key.split('/') as [string, string];
        return { organisation, country, quantity };
      }),
      destinations: Tally.together(ends.map(({ waiting }) => waiting)).map(([destination]) => destination),
    };
  };
}

const STILL_WITH: Readonly<Record<string, string>> = { inTransit: 'consignment', atHub: 'hub' };

/** Where the goods of one item, donation and lot went; consignments and hubs are named by their streams. */
class Trail {
  private readonly brought = new Map<string, Tally>();
  private readonly delivered = new Map<string, Tally>();
  private readonly waiting = new Map<string, Tally>();
  private onward: ReadonlyMap<string, readonly string[]> | undefined;

  add({ stream, from, to, quantity }: MovementRow): void {
    this.post(stream, to, quantity);
    this.post(stream, from, -quantity);
  }

  /** What was delivered by, and what still waits at, everything that the goods of `start` reached. */
  from(start: string): { delivered: readonly Tally[]; waiting: readonly Tally[] } {
    this.onward ??= this.steps();
    const reached = new Set([start]);
    for (const stream of reached) for (const next of this.onward.get(stream) ?? []) reached.add(next);
    const at = (tallies: ReadonlyMap<string, Tally>) => [...reached].flatMap((stream) => tallies.get(stream) ?? []);
    return { delivered: at(this.delivered), waiting: at(this.waiting) };
  }

  private post(stream: string, { bucket, holder, destination }: Account, quantity: number): void {
    if (bucket.startsWith('delivered')) tallyOf(this.delivered, stream).add(`${holder}/${destination}`, quantity);
    const keeper = STILL_WITH[bucket];
    if (keeper) tallyOf(this.waiting, `${keeper}-${holder}`).add(destination, quantity);
    if (bucket === 'atHub' && stream.startsWith('consignment-')) {
      tallyOf(this.brought, stream).add(`hub-${holder}`, quantity);
    }
  }

  /** From a consignment to the hubs it brought goods to, and from a hub to the consignments that took them on. */
  private steps(): ReadonlyMap<string, readonly string[]> {
    const steps = new Map<string, string[]>();
    for (const [consignment, hubs] of this.brought) {
      for (const [hub, quantity] of hubs.all()) {
        const [before, after] = quantity > 0 ? [consignment, hub] : [hub, consignment];
        if (quantity === 0) continue;
        const steppedTo = steps.get(before) ?? [];
        steps.set(before, steppedTo);
        steppedTo.push(after);
      }
    }
    return steps;
  }
}

function tallyOf(tallies: Map<string, Tally>, stream: string): Tally {
  const tally = tallies.get(stream) ?? new Tally();
  tallies.set(stream, tally);
  return tally;
}
