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

/** Holdings in the one order that every ledger draws in, however it came to know them. */
export function inOrder(holdings: readonly Holding[]): Holding[] {
  if (holdings.length < 2) return [...holdings];
  const key = (holding: Holding) => `${accountKey(holding.account)}|${lineKey(holding)}`;
  const keyed = holdings.map((holding) => ({ holding, key: key(holding) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ holding }) => holding);
}
