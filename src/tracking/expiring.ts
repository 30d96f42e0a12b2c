// tracking: which goods expire soon, and where they are; pure.
import type { Bucket, Holding } from '../goods-ledger/account.js';
import type { Destination } from '../goods-ledger/destination.js';
import { daysBetween, monthsAfter } from './days.js';
import { expiriesOf } from './expiries.js';
import { by } from './order.js';
import { streamOf, type Told } from './papers.js';
import { stateOf } from './states.js';
import { holderOf, isHandedOut, type Holder, type Names } from './whereabouts.js';

/**
 * The thresholds of RITA, the consignment tracker of the Logistics Cluster, whose list of consignments turns yellow under
 * nine months of shelf life and red under three (rita-manual.logcluster.org, consignment list).
 */
const YELLOW_MONTHS = 9;
const RED_MONTHS = 3;

export type Alert = 'expired' | 'red' | 'yellow' | 'none';

export interface Expiring {
  readonly item: string;
  readonly lot: string;
  readonly donation: string;
  readonly unit: string;
  /** Last day of use, ISO date. */
  readonly expiry: string;
  /** From the day of the question; less than 0 when it is past. */
  readonly daysLeft: number;
  readonly alert: Alert;
  readonly bucket: Bucket;
  readonly state: string;
  readonly holder: Holder;
  readonly destination: Destination;
  readonly quantity: number;
}

/** What the question is about. */
interface Span {
  /** ISO date. */
  readonly on: string;
  /** Days. */
  readonly within: number;
}

/**
 * Goods whose last day of use comes within the span, the soonest first. What was handed out and has expired since is
 * left out, and so is what is damaged, lost or gone back: nobody can use it up in time.
 */
export function expiringOf(holdings: readonly Holding[], told: Told, { on, within }: Span, names: Names): Expiring[] {
  const expiries = expiriesOf(told);
  const rows = holdings.flatMap(({ account, item, donation, lot, quantity }): Expiring[] => {
    const expiry = lot === '' ? undefined : expiries.of(item, lot);
    if (expiry === undefined || !USABLE.includes(account.bucket)) return [];
    const daysLeft = daysBetween(on, expiry);
    if (daysLeft > within || (daysLeft < 0 && isHandedOut(account))) return [];
    const state = stateOf(account, quantity, told.get(streamOf(account.holder)) ?? [], names.country);
    return [
      {
        ...{ item, lot, donation, unit: names.unit(item), expiry, daysLeft, alert: alertOf(expiry, on) },
        ...{ bucket: account.bucket, state, holder: holderOf(account, '', names) },
        ...{ destination: account.destination, quantity },
      },
    ];
  });
  return rows.sort(inOrder);
}

/** The last day of use is a day of use. */
export function alertOf(expiry: string, on: string): Alert {
  if (expiry < on) return 'expired';
  if (expiry < monthsAfter(on, RED_MONTHS)) return 'red';
  return expiry < monthsAfter(on, YELLOW_MONTHS) ? 'yellow' : 'none';
}

const USABLE: readonly Bucket[] = ['atHub', 'inTransit', 'rejected', 'deliveredReported', 'deliveredConfirmed'];

const inOrder = by(({ expiry, item, lot, bucket, holder, destination, donation }: Expiring) => {
  return [expiry, item, lot, USABLE.indexOf(bucket), holder.id, destination, donation];
});
