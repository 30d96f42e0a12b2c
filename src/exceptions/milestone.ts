// exceptions: what a fact means to somebody who watches dates and papers; pure.
import type { RouteAmended, RouteRegistered } from '../catalogue/catalogue.events.js';
import type { ConsignmentFact, GoodsDelivered, Transport } from '../consignment/consignment.events.js';
import type { HubFact } from '../hub/hub.events.js';
import type { LotFact } from '../lot/lot.events.js';
import { sums, type ItemQuantity } from './goods.js';

export type MilestoneKind =
  | 'dispatched'
  | 'arrived'
  | 'received'
  | 'delivered'
  | 'lost'
  | 'found'
  | 'returned'
  | 'customs-declared'
  | 'customs-held'
  | 'customs-cleared'
  | 'customs-refused'
  | 'closed'
  | 'allocated'
  | 'allocation-released'
  | 'counted'
  | 'written-off'
  | 'lot-held'
  | 'lot-recalled'
  | 'lot-released'
  | 'route-set';

/** Facts that are watched; pledges and requests move nothing and stop nothing. */
export type WatchedFact = ConsignmentFact | HubFact | LotFact | RouteRegistered | RouteAmended;

/** A number whose check digit does not fit. */
export interface DoubtfulNumber {
  readonly field: string;
  readonly number: string;
}

/** What else the exceptions want to know of a fact; whatever it does not say is left out. */
export interface Details {
  /** Whom the goods that left are for. */
  readonly destinations?: readonly string[];
  /** Number of the paper that says so: waybill, GRN, proof of delivery; else where the statement stands. */
  readonly document?: string;
  readonly reason?: string;
  /** Who is said to have taken goods, while nobody has signed. */
  readonly recipient?: string;
  /** What left, or what was handed over while nobody has signed. */
  readonly goods?: readonly ItemQuantity[];
  readonly doubtful?: readonly DoubtfulNumber[];
  readonly item?: string;
  readonly lot?: string;
  readonly targetHours?: number;
}

/** Why a fact must be looked at again by itself: no signed proof, or a number that is mistyped. */
export type Watch = 'unconfirmed' | 'doubtful' | '';

export interface Marked {
  readonly kind: MilestoneKind;
  /** Place it left; empty when the fact names none. */
  readonly from: string;
  /** Place it is at or goes to; empty when the fact names none. */
  readonly to: string;
  readonly watch: Watch;
  readonly details: Details;
}

/** The milestone that a fact is. */
export function milestoneOf(fact: WatchedFact): Marked {
  switch (fact.type) {
    case 'ConsignmentDispatched': {
      const { from, to, transport, lines, doubtful } = fact.data;
      const destinations = [...new Set(lines.map(({ destination }) => destination))].sort();
      const numbers = numbersOf(doubtful, transport);
      const goods = sums(lines);
      return marked('dispatched', { from, to, watch: numbers && 'doubtful' }, fact, {
        ...{ destinations, goods, document: transport.waybill, doubtful: numbers },
      });
    }
    case 'ConsignmentArrived':
      return marked('arrived', { to: fact.data.place }, fact);
    case 'GoodsReceived':
      return marked('received', { to: fact.data.hub }, fact, { document: fact.data.grn });
    case 'GoodsDelivered':
      return delivery(fact);
    case 'GoodsLost':
      return marked('lost', {}, fact);
    case 'GoodsFound':
      return marked('found', { to: fact.data.hub }, fact);
    case 'GoodsReturned':
      return marked('returned', { to: fact.data.hub }, fact);
    case 'CustomsEntryLodged':
    case 'CustomsHeld':
    case 'CustomsCleared':
    case 'CustomsRefused': {
      const { place, mrn, doubtful } = fact.data;
      const numbers = numbersOf(doubtful, { mrn });
      const reason = 'reason' in fact.data ? fact.data.reason : undefined;
      return marked(CUSTOMS[fact.type], { to: place, watch: numbers && 'doubtful' }, fact, {
        ...{ document: mrn, reason, doubtful: numbers },
      });
    }
    case 'ConsignmentClosed':
      return marked('closed', {}, fact);
    default:
      return elsewhere(fact);
  }
}

const CUSTOMS = {
  CustomsEntryLodged: 'customs-declared',
  CustomsHeld: 'customs-held',
  CustomsCleared: 'customs-cleared',
  CustomsRefused: 'customs-refused',
} as const;

/** A delivery with its proof is of no more concern: what it handed over is not noted here. */
function delivery(fact: GoodsDelivered): Marked {
  const { country, recipient, proof, pod, lines } = fact.data;
  if (proof !== 'reported') return marked('delivered', { to: country }, fact, { document: pod });
  const goods = sums(lines.map(({ item, accepted }) => ({ item, quantity: accepted })));
  return marked('delivered', { to: country, watch: 'unconfirmed' }, fact, { recipient, document: pod, goods });
}

/** What is decided about hubs, lots and routes. */
function elsewhere(fact: Exclude<WatchedFact, ConsignmentFact>): Marked {
  switch (fact.type) {
    case 'StockAllocated':
      return marked('allocated', { to: fact.data.hub }, fact);
    case 'AllocationReleased':
      return marked('allocation-released', { to: fact.data.hub }, fact);
    case 'StockCounted':
      return marked('counted', { to: fact.data.hub }, fact);
    case 'StockWrittenOff':
      return marked('written-off', { to: fact.data.hub }, fact);
    case 'LotHeld':
    case 'LotRecalled': {
      const { item, lot, reason } = fact.data;
      return marked(fact.type === 'LotHeld' ? 'lot-held' : 'lot-recalled', {}, fact, { item, lot, reason });
    }
    case 'LotReleased':
      return marked('lot-released', {}, fact, { item: fact.data.item, lot: fact.data.lot });
    case 'RouteRegistered':
    case 'RouteAmended': {
      const { from, to, targetHours } = fact.data;
      return marked('route-set', { from, to }, fact, { targetHours });
    }
    default:
      return fact satisfies never;
  }
}

function marked(
  kind: MilestoneKind,
  { from = '', to = '', watch = '' }: { from?: string; to?: string | undefined; watch?: Watch | undefined },
  { data: { source } }: WatchedFact,
  { document = source, ...details }: { readonly [Field in keyof Details]: Details[Field] | undefined } = {},
): Marked {
  const said: Record<string, unknown> = document === undefined ? {} : { document };
  for (const field in details) {
    const value = details[field as keyof typeof details];
    if (value !== undefined) said[field] = value;
  }
  return { kind, from, to, watch, details: said };
}

/** The numbers behind field names such as `containers[2]`; nothing when no field is in doubt. */
function numbersOf(
  doubtful: readonly string[] | undefined,
  { waybill, containers = [], mrn }: Pick<Transport, 'waybill' | 'containers'> & { mrn?: string | undefined },
): DoubtfulNumber[] | undefined {
  return doubtful?.map((field) => {
    const index = /^containers\[(\d+)\]$/.exec(field)?.[1];
    return { field, number: (index ? containers[Number(index)] : field === 'mrn' ? mrn : waybill) ?? '' };
  });
}
