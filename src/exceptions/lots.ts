// exceptions: lots that must not move, and lots past their last day of use.
import type { Bucket, Holding } from '../goods-ledger/account.js';
import type { Evidence } from './evidence.js';
import type { Found } from './exception.js';
import { by, day, inWords, sums } from './goods.js';
import type { Milestone } from './milestones.view.js';

const DAY_MS = 86_400_000;
const STOPS = { 'lot-held': 'LOT_ON_HOLD', 'lot-recalled': 'LOT_RECALLED' } as const;
const WORDS = { 'lot-held': 'on hold', 'lot-recalled': 'recalled' } as const;

/** A held or recalled lot that lies at a hub or is under way, one exception for each holder. */
export function stoppedLots(evidence: Evidence): Found[] {
  const latest = new Map<string, Milestone>();
  const words = evidence.milestones.ofKinds(evidence.asOf, ['lot-held', 'lot-recalled', 'lot-released']);
  for (const word of words) latest.set(word.stream, word);
  return [...latest.values()].flatMap((word) => {
    const { kind, happened, details } = word;
    if (!isStop(kind)) return [];
    const { item = '', lot = '', reason = '' } = details;
    return byHolder(evidence, ['atHub', 'inTransit'], item, lot).map(([holder, held]): Found => ({
      ...place(item, lot, holder, held, evidence),
      ...{ kind: STOPS[kind], open: true, since: happened, goods: sums(held), figures: {} },
      what: `${inWords(held)} ${WORDS[kind]} since ${day(happened)}: ${reason}`,
    }));
  });
}

/** Stock of lots whose last day of use is over, in UTC. */
export function expiredStock(evidence: Evidence): Found[] {
  const { milestones, asOf, agesAt } = evidence;
  return milestones.expiries(asOf).flatMap(({ item, lot, expiry }) => {
    const since = Date.parse(expiry) + DAY_MS;
    if (since > agesAt) return [];
    return byHolder(evidence, ['atHub'], item, lot).map(([holder, held]): Found => ({
      ...place(item, lot, holder, held, evidence),
      ...{ kind: 'EXPIRED_STOCK', open: true, since, goods: sums(held), figures: {} },
      what: `${inWords(held)} could be used until ${expiry}`,
    }));
  });
}

function byHolder(evidence: Evidence, buckets: readonly Bucket[], item: string, lot: string): [string, Holding[]][] {
  const held = evidence.ofLot(item, lot).filter(({ account, quantity }) => {
    return quantity > 0 && buckets.includes(account.bucket);
  });
  return [...by(({ account }) => account.holder, held)];
}

function place(item: string, lot: string, holder: string, held: readonly Holding[], evidence: Evidence) {
  const owner = evidence.ownerOf(holder);
  return {
    ...{ name: `lot ${item}/${lot} at ${owner.kind} ${holder}`, owner },
    destinations: [...new Set(held.map(({ account }) => account.destination))].sort(),
    places: owner.kind === 'hub' ? [holder] : evidence.consignment(holder).places,
  };
}

function isStop(kind: Milestone['kind']): kind is keyof typeof STOPS {
  return kind in STOPS;
}
