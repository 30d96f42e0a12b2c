// goods ledger: the accounts that pieces move between.
import type { Destination } from './destination.js';

/** The columns of the country report, each a kind of account. */
export const REPORTED_BUCKETS = [
  'pledged',
  'atHub',
  'inTransit',
  'deliveredReported',
  'deliveredConfirmed',
  'rejected',
  'damaged',
  'lost',
  'returned',
  'unexplained',
] as const;
export type ReportedBucket = (typeof REPORTED_BUCKETS)[number];

/** `donor` is where goods come from and `promised` where pledges come from: the only accounts that may be negative. */
export type Bucket = ReportedBucket | 'donor' | 'promised';

export interface Account {
  readonly bucket: Bucket;
  /** Who or what holds the pieces: donation, consignment, hub or recipient, as the bucket says. */
  readonly holder: string;
  readonly destination: Destination;
  /** Why, where the bucket is `lost`; else empty. */
  readonly cause: string;
}

/** What a piece is, wherever it lies. */
export interface Line {
  readonly item: string;
  readonly donation: string;
  /** Empty while no lot is known. */
  readonly lot: string;
}

export interface Holding extends Line {
  readonly account: Account;
  readonly quantity: number;
}

/** Whole pieces, more than 0, from one account to another. */
export interface Movement extends Line {
  readonly from: Account;
  readonly to: Account;
  readonly quantity: number;
}

/** Pieces a fact speaks of that the books did not hold: they are booked as unexplained. */
export interface Beyond extends Line {
  readonly quantity: number;
}

/** What a fact moves. */
export interface Posted {
  readonly movements: readonly Movement[];
  readonly beyond: readonly Beyond[];
}

export function account(bucket: Bucket, holder: string, destination: Destination, cause = ''): Account {
  return { bucket, holder, destination, cause };
}

export function accountKey({ bucket, holder, destination, cause }: Account): string {
  return `${bucket}/${holder}/${destination}/${cause}`;
}

export function lineKey({ item, donation, lot }: Line): string {
  return `${item}/${donation}/${lot}`;
}

export function mayBeNegative(bucket: Bucket): boolean {
  return bucket === 'donor' || bucket === 'promised';
}

export function isSameAccount(one: Account, other: Account): boolean {
  const { bucket, holder, destination, cause } = one;
  const sameHolder = holder === other.holder && bucket === other.bucket;
  return sameHolder && destination === other.destination && cause === other.cause;
}

/** Of the same goods in the same account, however many. */
export function isSameHolding(one: Holding, other: Holding): boolean {
  const sameLine = one.item === other.item && one.lot === other.lot && one.donation === other.donation;
  return sameLine && isSameAccount(one.account, other.account);
}

/** Holdings in the one order that every ledger draws in, however it came to know them: that of their keys. */
export function inOrder(holdings: readonly Holding[]): Holding[] {
  return sorted(holdings, byKey);
}

/** In order already, most of the time: looking costs less than sorting. */
export function sorted(holdings: readonly Holding[], by: (one: Holding, other: Holding) => number): Holding[] {
  for (let nth = 1; nth < holdings.length; nth++) {
    if (by(holdings[nth - 1]!, holdings[nth]!) > 0) return holdings.toSorted(by);
  }
  return [...holdings];
}

/** As `accountKey|lineKey` would be compared, without making those texts. */
function byKey(one: Holding, other: Holding): number {
  return (
    byField(one.account.bucket, other.account.bucket) ||
    byField(one.account.holder, other.account.holder) ||
    byField(one.account.destination, other.account.destination) ||
    byField(one.account.cause, other.account.cause, '|') ||
    byField(one.item, other.item) ||
    byField(one.donation, other.donation) ||
    byField(one.lot, other.lot, '')
  );
}

/** What ends a field in a key counts: IT+SI stands before IT, for a plus stands before a slash. */
function byField(one: string, other: string, end = '/'): number {
  if (one === other) return 0;
  return one + end < other + end ? -1 : 1;
}
