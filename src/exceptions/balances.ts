// exceptions: balances that must not stay as they are.
import type { Account, Bucket, Holding } from '../goods-ledger/account.js';
import { mayBeNegative } from '../goods-ledger/account.js';
import { isCountry } from '../goods-ledger/destination.js';
import { grouped } from '../kernel/quantity.js';
import { about } from './consignments.js';
import type { Evidence } from './evidence.js';
import type { Found, Owner } from './exception.js';
import { inWords, stepsSinceZero, sums } from './goods.js';

/** Pieces that counts and statements left unexplained, one exception for each holder. */
export function openDiscrepancies(evidence: Evidence): Found[] {
  return [...evidence.heldBy('unexplained')].map(([holder, held]): Found => {
    const [missing, surplus] = [
      held.filter(({ quantity }) => quantity > 0),
      held.filter(({ quantity }) => quantity < 0),
    ];
    const parts = [
      ...(missing.length > 0 ? [`${inWords(missing)} missing`] : []),
      ...(surplus.length > 0 ? [`${inWords(surplus.map(turned))} too many`] : []),
    ];
    return {
      ...holderOf(holder, held, evidence),
      ...{ kind: 'OPEN_DISCREPANCY', open: true, since: oldest(held, evidence), what: parts.join(', ') },
      ...{ goods: sums(held), figures: { missing: pieces(missing), surplus: pieces(surplus.map(turned)) } },
    };
  });
}

/** Goods that a recipient did not take: they are returned, lost, or delivered after all. */
export function rejectedGoods(evidence: Evidence): Found[] {
  return [...evidence.heldBy('rejected')].map(([consignment, held]): Found => {
    const [country] = held.map(({ account }) => account.destination).filter(isCountry);
    const holder = holderOf(consignment, held, evidence);
    const owner: Owner = country ? { kind: 'country', id: country } : holder.owner;
    return {
      ...{ ...holder, owner },
      ...{ kind: 'REJECTED_GOODS', open: true, since: oldest(held, evidence), goods: sums(held), figures: {} },
      what: `${inWords(held)} rejected, not yet returned, lost or delivered after all`,
    };
  });
}

/** A closed consignment whose books do not balance any more. */
export function closedButOpen(evidence: Evidence): Found[] {
  return [...evidence.heldBy('inTransit', 'rejected', 'unexplained')].flatMap(([id, held]) => {
    const consignment = evidence.consignment(id);
    const closed = consignment.milestones.findLast(({ kind }) => kind === 'closed');
    if (!closed) return [];
    const since = Math.max(closed.happened, oldest(held, evidence));
    const parts = held.map(({ account, item, quantity }) => `${grouped(quantity)} ${item} ${WORDS[account.bucket]}`);
    return {
      ...about(consignment),
      ...{ kind: 'CLOSED_BUT_OPEN', open: true, since, goods: sums(held), figures: {} },
      what: `closed, and ${parts.join(', ')}`,
    } satisfies Found;
  });
}

const WORDS: Readonly<Record<string, string>> = {
  inTransit: 'under way',
  rejected: 'rejected',
  unexplained: 'unexplained',
};

/**
 * Somebody holds less than nothing: an entry is missing, wrong or dated wrongly. Donors and pledges come from nowhere,
 * and a surplus is an open discrepancy already.
 */
export function negativeBalances(evidence: Evidence): Found[] {
  const negative = evidence.holdings().filter(({ account: { bucket }, quantity }) => {
    return quantity < 0 && !mayBeNegative(bucket) && bucket !== 'unexplained';
  });
  return negative.map((held): Found => {
    const { account, item, donation, lot, quantity } = held;
    const { bucket, holder, destination } = account;
    const [opened] = stepsSinceZero(account, held, evidence.movementsOf(held));
    return {
      ...(HOLDS_GOODS.includes(bucket) ? holderOf(holder, [held], evidence) : elsewhere(account)),
      ...{ kind: 'NEGATIVE_BALANCE', open: true, since: opened?.happened ?? evidence.agesAt, goods: sums([held]) },
      figures: { quantity },
      what: `${bucket} ${grouped(quantity)} ${item} for ${destination} of ${donation}${lot && `, lot ${lot}`}`,
    };
  });
}

/** Buckets whose holder is a hub or a consignment; others are held by donations and recipients. */
const HOLDS_GOODS: readonly Bucket[] = ['atHub', 'inTransit', 'rejected', 'damaged', 'lost', 'returned'];

function elsewhere({ bucket, holder, destination }: Account) {
  const name = `${bucket === 'pledged' ? 'donation' : 'recipient'} ${holder}`;
  return { name, owner: { kind: 'country', id: destination } as const, destinations: [destination], places: [] };
}

/** Name, owner and places of a hub or consignment that holds something; goods under way are asked of who waits for them. */
function holderOf(holder: string, held: readonly Holding[], evidence: Evidence) {
  const destinations = [...new Set(held.map(({ account }) => account.destination))].sort();
  const owner = evidence.ownerOf(holder);
  if (owner.kind === 'hub') return { name: `hub ${holder}`, owner, destinations, places: [holder] };
  const consignment = evidence.consignment(holder);
  return { ...about(consignment, consignment.receiver), destinations };
}

/** When the first of these balances was opened. */
function oldest(held: readonly Holding[], evidence: Evidence): number {
  const opened = held.flatMap((one) => {
    const movements = evidence.movements(evidence.streamOf(one.account.holder));
    return stepsSinceZero(one.account, one, movements).slice(0, 1);
  });
  return Math.min(evidence.agesAt, ...opened.map(({ happened }) => happened));
}

function turned<T extends { readonly quantity: number }>(line: T): T {
  return { ...line, quantity: -line.quantity };
}

function pieces(lines: readonly { readonly quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
