// tracking: where pieces are, row by row; pure.
import type { Account, Bucket, Line } from '../goods-ledger/account.js';
import type { Destination } from '../goods-ledger/destination.js';
import type { CountryOf } from './arrival.js';
import { by } from './order.js';
import { papersOf, streamOf, type Papers, type Told } from './papers.js';
import { stateOf } from './states.js';
import type { Layer } from './trail.js';

/** Pieces that are in one place, came there at one time and under the same papers. */
export interface Whereabouts extends Line, Papers {
  readonly unit: string;
  /** Base units; less than 0 where a count or a statement found more than the books had. */
  readonly quantity: number;
  readonly bucket: Bucket;
  /** The bucket in words. */
  readonly state: string;
  readonly holder: Holder;
  readonly destination: Destination;
  /** When they came there, ISO 8601. */
  readonly since: string;
}

/** Who has the goods; a consignment has no name but its number. */
export interface Holder {
  readonly kind: 'hub' | 'consignment' | 'recipient';
  readonly id: string;
  readonly name: string;
}

/** What the catalogue calls things. */
export interface Names {
  unit(item: string): string;
  place(id: string): string;
  organisation(id: string): string;
  readonly country: CountryOf;
}

/** One row for all layers that a reader could not tell apart, in the order of their way: hubs first, then recipients. */
export function whereaboutsOf(layers: readonly Layer[], told: Told, names: Names): Whereabouts[] {
  const rows = new Map<string, Whereabouts>();
  for (const layer of layers) {
    const { quantity, ...row } = rowOf(layer, told, names);
    const key = JSON.stringify(row);
    rows.set(key, { ...row, quantity: quantity + (rows.get(key)?.quantity ?? 0) });
  }
  return [...rows.values()].filter(({ quantity }) => quantity !== 0).sort(inOrder);
}

function rowOf({ account, quantity, since, trail, item, donation, lot }: Layer, told: Told, names: Names): Whereabouts {
  const holder = holderOf(account, trail.at(-1)?.stream ?? '', names);
  return {
    ...{ item, donation, lot, unit: names.unit(item), quantity },
    bucket: account.bucket,
    state: stateOf(account, quantity, told.get(streamOf(account.holder)) ?? [], names.country),
    holder,
    destination: account.destination,
    since: new Date(since).toISOString(),
    ...papersOf(trail, told),
  };
}

/** Lost and unexplained goods are kept under the name of a hub or of a consignment: `stream` of the entry says which. */
export function holderOf({ bucket, holder: id }: Account, stream: string, names: Names): Holder {
  if (isHandedOut({ bucket })) return { kind: 'recipient', id, name: names.organisation(id) };
  const atHub = bucket === 'atHub' || bucket === 'damaged' || stream.startsWith('hub-');
  return atHub ? { kind: 'hub', id, name: names.place(id) } : { kind: 'consignment', id, name: '' };
}

const ORDER: readonly Bucket[] = [
  'atHub',
  'inTransit',
  'deliveredReported',
  'deliveredConfirmed',
  'rejected',
  'damaged',
  'returned',
  'lost',
  'unexplained',
];

const inOrder = by(({ item, donation, bucket, destination, since, holder, lot }: Whereabouts) => {
  return [item, ORDER.indexOf(bucket), destination, since, holder.id, donation, lot];
});

/** With a recipient. */
export function isHandedOut({ bucket }: Pick<Whereabouts, 'bucket'>): boolean {
  return bucket === 'deliveredReported' || bucket === 'deliveredConfirmed';
}

/** Where somebody of ours can still stop it. */
export function isInOurHands({ bucket }: Pick<Whereabouts, 'bucket'>): boolean {
  return bucket === 'atHub' || bucket === 'inTransit' || bucket === 'rejected' || bucket === 'damaged';
}
