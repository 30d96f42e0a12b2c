// property tests: where the goods are by a count of the facts that stand; knows nothing of movements, lots or destinations.
import type { ConsignmentFact } from '../../src/consignment/consignment.events.js';
import type { DonationFact, PledgeLine } from '../../src/donation/donation.events.js';
import type { HubFact } from '../../src/hub/hub.events.js';
import { effective } from '../../src/kernel/corrections.js';
import type { Fact, Recorded } from '../../src/kernel/recorded.js';

/** Pieces per holder, item and donation; zeroes left out. */
export type Count = Record<string, number>;

class Sums {
  private readonly sums = new Map<string, number>();

  add(quantity: number, ...key: string[]): void {
    const name = key.join(' ');
    this.sums.set(name, (this.sums.get(name) ?? 0) + quantity);
  }

  get count(): Count {
    return Object.fromEntries([...this.sums].filter(([, quantity]) => quantity !== 0).sort());
  }
}

/** The facts that stand, stream by stream. */
export function standing<F extends Fact>(log: readonly Recorded[], room: string): Recorded<F>[][] {
  const entries = log.filter(({ stream }) => stream.startsWith(`${room}-`));
  const streams = [...new Set(entries.map(({ stream }) => stream))];
  return streams.map((name) => effective<F>(entries.filter(({ stream }) => stream === name) as Recorded<F>[]));
}

/**
 * What each consignment still answers for (under way, rejected, lost or unexplained), what hubs and recipients hold, and
 * what donors gave.
 */
export function goodsCounted(log: readonly Recorded[]): Count {
  const sums = new Sums();
  const leaves = (consignment: string, quantity: number, item: string, donation: string, ...to: string[]) => {
    sums.add(-quantity, 'consignment', consignment, item, donation);
    sums.add(quantity, ...to, item, donation);
  };
  for (const fact of standing<ConsignmentFact>(log, 'consignment').flat()) {
    const { consignment } = fact.data;
    switch (fact.type) {
      case 'ConsignmentDispatched':
        for (const { item, donation, quantity } of fact.data.lines) {
          const origin = fact.data.fromHub ? ['atHub', fact.data.from] : ['donor', donation];
          leaves(consignment, -quantity, item, donation, ...origin);
        }
        break;
      case 'GoodsReceived':
        for (const { item, donation, good, damaged } of fact.data.lines) {
          leaves(consignment, good, item, donation, 'atHub', fact.data.hub);
          leaves(consignment, damaged, item, donation, 'damaged', fact.data.hub);
        }
        break;
      case 'GoodsDelivered':
        for (const { item, donation, accepted } of fact.data.lines) {
          leaves(consignment, accepted, item, donation, fact.data.proof, fact.data.recipient, fact.data.country);
        }
        break;
      case 'GoodsFound':
        for (const { item, donation, quantity } of fact.data.hub ? fact.data.lines : []) {
          leaves(consignment, quantity, item, donation, 'atHub', fact.data.hub!);
        }
        break;
      case 'GoodsReturned':
        for (const { item, donation, quantity } of fact.data.lines) {
          const to = fact.data.hub ? ['atHub', fact.data.hub] : ['returned', consignment];
          leaves(consignment, quantity, item, donation, ...to);
        }
        break;
      case 'ConsignmentArrived':
      case 'ConsignmentClosed':
      case 'CustomsEntryLodged':
      case 'CustomsHeld':
      case 'CustomsCleared':
      case 'CustomsRefused':
      case 'GoodsLost':
        break;
    }
  }
  // A hub answers for what a count missed and for what it gave up, as a consignment does.
  for (const fact of standing<HubFact>(log, 'hub').flat()) {
    const { hub } = fact.data;
    if (fact.type === 'StockCounted') {
      for (const { item, donation, book, counted } of fact.data.lines) {
        sums.add(counted - book, 'atHub', hub, item, donation);
        sums.add(book - counted, 'consignment', hub, item, donation);
      }
    }
    if (fact.type === 'StockWrittenOff' && fact.data.outOf !== 'unexplained') {
      for (const { item, donation, quantity } of fact.data.lines) {
        sums.add(-quantity, fact.data.outOf === 'stock' ? 'atHub' : 'damaged', hub, item, donation);
        sums.add(quantity, 'consignment', hub, item, donation);
      }
    }
  }
  return sums.count;
}

/** What is promised, by the last pledge that stands of each donation. */
export function pledgesCounted(log: readonly Recorded[]): Count {
  const sums = new Sums();
  for (const facts of standing<DonationFact>(log, 'donation')) {
    const last = facts.at(-1);
    const lines: readonly PledgeLine[] = last && last.type !== 'PledgeCancelled' ? last.data.lines : [];
    for (const { item, destination, quantity } of lines) sums.add(quantity, last!.data.donation, item, destination);
  }
  return sums.count;
}
