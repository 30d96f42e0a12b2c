// exceptions: goods that take too long, and goods that customs stop.
import type { Account } from '../goods-ledger/account.js';
import { about, idOf, isClosed } from './consignments.js';
import type { Consignment, Evidence } from './evidence.js';
import type { Found } from './exception.js';
import { day, inWords, sums, type ItemQuantity } from './goods.js';
import type { Milestone } from './milestones.view.js';
import { hours, inHours, LEG_HOURS, SILENCE_MS } from './thresholds.js';

/** A consignment that takes or took longer than its route may take. */
export function lateLegs(evidence: Evidence): Found[] {
  const targets = routeTargets(evidence);
  const shortest = Math.min(LEG_HOURS, ...targets.values());
  const slow = evidence.milestones.slowDispatches(evidence.asOf, hours(shortest), evidence.agesAt);
  return slow.flatMap((dispatched) => {
    const { from, to, happened, details } = dispatched;
    const consignment = evidence.consignment(idOf(dispatched));
    const targetHours = targets.get(`${from} ${to}`) ?? LEG_HOURS;
    const end = endOf(dispatched, consignment, evidence);
    const taken = (end ?? evidence.agesAt) - happened;
    if (taken <= hours(targetHours)) return [];
    const figures = { hours: inHours(taken), targetHours };
    const says = end === undefined ? `on the way for ${figures.hours} h` : `took ${figures.hours} h`;
    return {
      ...about(consignment, consignment.receiver),
      ...{ kind: 'LATE_LEG', open: end === undefined, since: happened + hours(targetHours), figures },
      goods: details.goods ?? [],
      what: `${from} to ${to} ${says}, target ${targetHours} h`,
    } satisfies Found;
  });
}

/** When the goods were at their place or in somebody's hands, or gone; nothing while they are on the way. */
function endOf(dispatched: Milestone, { milestones }: Consignment, evidence: Evidence): number | undefined {
  const reached = milestones.find(({ kind, to }) => {
    if (kind === 'arrived') return to === dispatched.to || evidence.countryOf(to) === dispatched.to;
    return kind === 'received' || kind === 'delivered';
  });
  if (reached) return reached.happened;
  return isUnderWay(dispatched.stream, evidence) ? undefined : milestones.at(-1)?.happened;
}

function isUnderWay(stream: string, evidence: Evidence): boolean {
  const side = ({ bucket }: Account) => Number(bucket === 'inTransit');
  const net = evidence.movements(stream).map(({ from, to, quantity }) => quantity * (side(to) - side(from)));
  return net.reduce((sum, quantity) => sum + quantity, 0) > 0;
}

/** Hours by `FROM TO`, as the routes stood as of the dates of the question. */
function routeTargets({ milestones, asOf }: Evidence): ReadonlyMap<string, number> {
  const routes = milestones.ofKinds(asOf, ['route-set']);
  return new Map(routes.map(({ from, to, details }) => [`${from} ${to}`, details.targetHours ?? LEG_HOURS]));
}

/** Goods are under way, and the last word of them is old. */
export function stuckConsignments(evidence: Evidence): Found[] {
  return [...evidence.heldBy('inTransit')].flatMap(([id, held]) => {
    const consignment = evidence.consignment(id);
    const last = consignment.milestones.at(-1);
    if (!last || isClosed(consignment) || evidence.agesAt - last.happened <= SILENCE_MS) return [];
    const goods = sums(held);
    return {
      ...about(consignment, consignment.receiver),
      ...{ kind: 'STUCK_CONSIGNMENT', open: true, since: last.happened, goods, figures: {} },
      what: `${inWords(goods)} under way; last heard ${day(last.happened)}: ${last.kind}${last.to && ` ${last.to}`}`,
    } satisfies Found;
  });
}

const STOPS = { 'customs-held': 'CUSTOMS_HOLD', 'customs-refused': 'CUSTOMS_REFUSED' } as const;
const NONE_LEFT = 'nothing of it is there any more, so the clearance was not recorded';
const BORDER: readonly string[] = ['customs-held', 'customs-cleared', 'customs-refused'];

/** The last word of customs is no, and the goods have not gone back. */
export function customsStops(evidence: Evidence): Found[] {
  const objections = evidence.milestones.ofKinds(evidence.asOf, ['customs-held', 'customs-refused']);
  return [...new Set(objections.map(idOf))].flatMap((id) => {
    const consignment = evidence.consignment(id);
    const word = consignment.milestones.findLast(({ kind }) => BORDER.includes(kind))!;
    if (!isStop(word.kind) || isClosed(consignment)) return [];
    const goods = heldBack(evidence, consignment, word.to);
    if (word.kind === 'customs-refused' && goods.length === 0) return [];
    const { reason = '' } = word.details;
    return {
      ...about(consignment),
      ...{ kind: STOPS[word.kind], open: true, since: word.happened, goods, figures: {} },
      places: [...new Set([...consignment.places, word.to])],
      owner: evidence.whoIsAt(word.to) ?? consignment.receiver,
      what: `${word.kind === 'customs-held' ? 'held' : 'refused'} at ${word.to}, ${reason}: ${inWords(goods) || NONE_LEFT}`,
    } satisfies Found;
  });
}

function isStop(kind: Milestone['kind']): kind is keyof typeof STOPS {
  return kind in STOPS;
}

/** What the consignment still holds, and what it brought into the stock of the place where customs stopped it. */
function heldBack(evidence: Evidence, { id, milestones }: Consignment, place: string): ItemQuantity[] {
  const dispatched = milestones.find(({ kind }) => kind === 'dispatched')?.position;
  const inside = ({ bucket, holder }: Account) =>
    bucket === 'inTransit' || bucket === 'rejected' || (bucket === 'atHub' && holder === place);
  const moved = evidence.movements(`consignment-${id}`).map(({ about, from, to, item, quantity }) => {
    // Stock that was there before the goods left is not what the consignment brought.
    const out = about === dispatched ? 0 : Number(inside(from));
    return { item, quantity: quantity * (Number(inside(to)) - out) };
  });
  return sums(moved);
}
