// exceptions: a discrepancy with its history: what found it, what has explained parts of it.
import type { Holding } from '../goods-ledger/account.js';
import type { Evidence } from './evidence.js';
import type { Owner } from './exception.js';
import { stepsSinceZero, type Step } from './goods.js';

/** An entry that opened, widened or narrowed a discrepancy. */
export interface Cause {
  readonly kind: string;
  /** Number of its paper, or where the statement stands; null when it names none. */
  readonly document: string | null;
  /** Position of the entry in the log. */
  readonly position: number;
  readonly happenedAt: string;
  /** Base units by which it opened, widened or narrowed the discrepancy. */
  readonly quantity: number;
}

export interface Discrepancy {
  /** Where the pieces are missing or too many. */
  readonly holder: Owner;
  readonly item: string;
  readonly donation: string;
  readonly lot: string;
  readonly destination: string;
  /** Pieces that should be there and are not. */
  readonly missing: number;
  /** Pieces that are there and should not be. */
  readonly surplus: number;
  /** When the first entry opened it; milliseconds since 1970. */
  readonly since: number;
  readonly foundBy: readonly Cause[];
  readonly explainedBy: readonly Cause[];
  /** Where it plays. */
  readonly places: readonly string[];
}

/** Everything that is unexplained as of the dates of the question. */
export function discrepancies(evidence: Evidence, held: readonly Holding[]): Discrepancy[] {
  return held.map((holding) => {
    const { account, item, donation, lot, quantity } = holding;
    const holder = evidence.ownerOf(account.holder);
    const stream = `${holder.kind}-${holder.id}`;
    const steps = stepsSinceZero(account, holding, evidence.movements(stream));
    const widens = (step: Step) => Math.sign(step.quantity) === Math.sign(quantity);
    const cause = causeIn(stream, evidence);
    return {
      ...{ holder, item, donation, lot, destination: account.destination },
      ...{ missing: Math.max(0, quantity), surplus: Math.max(0, -quantity) },
      since: steps[0]?.happened ?? evidence.agesAt,
      foundBy: steps.filter(widens).map(cause),
      explainedBy: steps.filter((step) => !widens(step)).map(cause),
      places: holder.kind === 'hub' ? [holder.id] : evidence.consignment(holder.id).places,
    };
  });
}

function causeIn(stream: string, evidence: Evidence): (step: Step) => Cause {
  const entries = new Map(evidence.record(stream).map((milestone) => [milestone.position, milestone]));
  return ({ about, happened, quantity }) => {
    const entry = entries.get(about);
    return {
      ...{ kind: entry?.kind ?? 'entry', document: entry?.details.document ?? null, position: about },
      ...{ happenedAt: new Date(happened).toISOString(), quantity: Math.abs(quantity) },
    };
  };
}
