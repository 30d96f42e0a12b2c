// goods ledger: facts, accounts and dates as people say them; pure.
import { DateTime } from 'luxon';
import { isCorrection, type EntryCorrected } from '../kernel/corrections.js';
import type { Recorded } from '../kernel/recorded.js';
import type { Bucket } from './account.js';
import type { GoodsFact } from './movements.js';

export type Entry = Recorded<GoodsFact | EntryCorrected<GoodsFact>>;

const FACTS: Readonly<Record<GoodsFact['type'], string>> = {
  DonationPledged: 'pledge',
  PledgeAmended: 'pledge amended',
  PledgeCancelled: 'pledge cancelled',
  ConsignmentDispatched: 'dispatch',
  ConsignmentArrived: 'arrival',
  GoodsReceived: 'receipt',
  GoodsDelivered: 'delivery',
  GoodsLost: 'loss',
  GoodsFound: 'goods found',
  GoodsReturned: 'return',
  ConsignmentClosed: 'closure',
  CustomsEntryLodged: 'customs entry',
  CustomsHeld: 'customs hold',
  CustomsCleared: 'customs clearance',
  CustomsRefused: 'customs refusal',
  StockAllocated: 'allocation',
  AllocationReleased: 'allocation released',
  StockCounted: 'stocktake',
  StockWrittenOff: 'write-off',
  LotHeld: 'lot hold',
  LotReleased: 'lot release',
  LotRecalled: 'lot recall',
  RequestRecorded: 'request',
  RequestWithdrawn: 'request withdrawn',
  ItemRegistered: 'item registered',
  ItemAmended: 'item amended',
  PlaceRegistered: 'place registered',
  PlaceAmended: 'place amended',
  OrganisationRegistered: 'organisation registered',
  OrganisationAmended: 'organisation amended',
  RouteRegistered: 'route registered',
  RouteAmended: 'route amended',
};

const BUCKETS: Readonly<Record<Bucket, string>> = {
  donor: 'donor',
  promised: 'donor promise',
  pledged: 'pledged',
  atHub: 'at hub',
  inTransit: 'in transit',
  deliveredReported: 'delivered (reported)',
  deliveredConfirmed: 'delivered (confirmed)',
  rejected: 'rejected',
  damaged: 'damaged',
  lost: 'lost',
  returned: 'returned',
  unexplained: 'unexplained',
};

/** What an entry says happened; a correction with what it corrects, all the way down its stream. */
export function whatHappened(entry: Entry, history: readonly Entry[]): string {
  if (!isCorrection<GoodsFact>(entry)) return FACTS[entry.type];
  const wrong = history.find(({ id }) => id === entry.data.wrongEventId);
  return `correction of ${wrong ? whatHappened(wrong, history) : 'an entry'}`;
}

export function bucketInWords(bucket: Bucket): string {
  return BUCKETS[bucket];
}

/** The three dates of a movement, as ISO 8601 in UTC. */
export function datesOf({ happened, reported, recorded }: Record<'happened' | 'reported' | 'recorded', number>) {
  const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
  return { happenedAt: iso(happened), reportedAt: iso(reported), recordedAt: iso(recorded) };
}

/** A date, with the time of day where one was stated: a date alone is midnight in UTC. */
export function dateInWords(milliseconds: number, timeZone = 'UTC'): string {
  const utc = DateTime.fromMillis(milliseconds, { zone: 'UTC' });
  if (utc.equals(utc.startOf('day'))) return utc.toISODate()!;
  return utc.setZone(timeZone).toFormat('yyyy-MM-dd HH:mm');
}
