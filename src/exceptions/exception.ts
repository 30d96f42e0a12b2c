// exceptions: what an exception is, and which kinds there are.
import { countriesOf, type Destination } from '../goods-ledger/destination.js';
import type { ItemQuantity } from './goods.js';

/** Every kind, the most pressing first, and what it means. The codes are stable. */
export const EXCEPTION_KINDS = {
  LOT_RECALLED: 'a recalled lot still lies at a hub or is under way',
  CUSTOMS_REFUSED: 'customs refused goods that have not gone back',
  CUSTOMS_HOLD: 'customs hold goods',
  CLOSED_BUT_OPEN: 'a consignment was closed, and a later fact or correction left a balance',
  NEGATIVE_BALANCE: 'the books say that somebody holds less than nothing',
  OPEN_DISCREPANCY: 'pieces are missing or too many, and nobody has explained it',
  STUCK_CONSIGNMENT: 'goods are under way and nothing was heard for a week',
  LATE_LEG: 'a consignment takes or took longer than the target of its route',
  LOT_ON_HOLD: 'a lot on hold lies at a hub or is under way',
  EXPIRED_STOCK: 'goods at a hub are past their last day of use',
  REJECTED_GOODS: 'goods that a recipient did not take wait for a decision',
  UNCONFIRMED_DELIVERY: 'a delivery was reported a week ago or longer, and no signed proof has come',
  DOUBTFUL_NUMBER: 'the check digit of a number does not fit: it is probably mistyped',
  RECORDED_LATE: 'entries were reported more than a week after they happened',
} as const;

export type ExceptionKind = keyof typeof EXCEPTION_KINDS;

/** Who has to act; a pledge that no country can answer for yet names its group or region as the country. */
export interface Owner {
  readonly kind: 'hub' | 'consignment' | 'country';
  readonly id: string;
}

export interface Found {
  readonly kind: ExceptionKind;
  /** What it is about: consignment EU-C1, lot MASK/L7 at hub BELGG. */
  readonly name: string;
  /** One sentence with its figures. */
  readonly what: string;
  readonly owner: Owner;
  /** False for what is over and only explains: a leg that took too long, an entry that came late. */
  readonly open: boolean;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Whom the goods are for. */
  readonly destinations: readonly Destination[];
  /** Where it plays: hubs and other places. */
  readonly places: readonly string[];
  /** The goods in question, in base units. */
  readonly goods: readonly ItemQuantity[];
  /** Numbers by name, such as hours and targetHours. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface ExceptionRow extends Omit<Found, 'since'> {
  readonly since: string;
  /** Whole hours from `since` to the instant that ages are counted to. */
  readonly ageHours: number;
}

/** Which exceptions are asked for; what is left out means all. */
export interface Wanted {
  readonly kind?: ExceptionKind;
  readonly state?: 'open' | 'past';
  readonly destination?: Destination;
  readonly place?: string;
}

const HOUR_MS = 3_600_000;
const RANK = Object.fromEntries(Object.keys(EXCEPTION_KINDS).map((kind, rank) => [kind, rank]));

/** The exceptions that are wanted: open ones first, then the most pressing kind, then the oldest. */
export function exceptionRows(found: readonly Found[], agesAt: number, wanted: Wanted): ExceptionRow[] {
  return found
    .filter((one) => isWanted(one, wanted))
    .sort(
      (a, b) =>
        Number(b.open) - Number(a.open) ||
        RANK[a.kind]! - RANK[b.kind]! ||
        a.since - b.since ||
        (a.name < b.name ? -1 : 1),
    )
    .map(({ kind, name, what, owner, open, since, ...rest }) => ({
      ...{ kind, name, what, owner, open, since: new Date(since).toISOString(), ageHours: ageHours(since, agesAt) },
      ...rest,
    }));
}

export function ageHours(since: number, agesAt: number): number {
  return Math.max(0, Math.floor((agesAt - since) / HOUR_MS));
}

/** 26 h, or 5 d once it is more than three days. */
export function ageText(hours: number): string {
  return hours < 72 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** True when goods for one of `destinations` are goods for `wanted`: a group is meant by each of its countries. */
export function isFor(destinations: readonly Destination[], wanted: Destination): boolean {
  return destinations.some((destination) => destination === wanted || countriesOf(destination).includes(wanted));
}

function isWanted({ kind, open, destinations, places, owner }: Found, wanted: Wanted): boolean {
  const acts = owner.kind === 'country' && owner.id === wanted.destination;
  return (
    (wanted.kind === undefined || kind === wanted.kind) &&
    (wanted.state === undefined || open === (wanted.state === 'open')) &&
    (wanted.destination === undefined || acts || isFor(destinations, wanted.destination)) &&
    (wanted.place === undefined || places.includes(wanted.place))
  );
}
