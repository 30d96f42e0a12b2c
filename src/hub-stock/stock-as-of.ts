// hub stock: what stopped goods and when lots expired, as it stood on a date; folded from the streams.
import type { ConsignmentFact } from '../consignment/consignment.events.js';
import type { CustomsCleared, CustomsHeld, CustomsRefused } from '../consignment/customs.events.js';
import type { Holding } from '../goods-ledger/account.js';
import type { AsOf } from '../goods-ledger/as-of.js';
import type { EventStore } from '../kernel/event-store.js';
import { instant } from '../kernel/moments.js';
import type { Checkpoint } from '../kernel/follow.js';
import type { Fact, Recorded } from '../kernel/recorded.js';
import { standingAsOf } from '../kernel/standing.js';
import type { LotFact } from '../lot/lot.events.js';
import type { LotExpiry, StoppedLot } from '../lot/lot.view.js';
import { withHolds, type HeldLine, type StoppedConsignment } from './held.js';

/** The log, read up to where the views stand. */
export interface Log {
  readonly log: Pick<EventStore, 'readStream'>;
  readonly checkpoint: Checkpoint;
}

export interface Stock {
  readonly lines: readonly HeldLine[];
  readonly expiries: readonly LotExpiry[];
}

/** Holdings of a date with what stopped them then; `received` is what each consignment brought to the hub by then. */
export async function stockAsOf(
  limits: AsOf,
  holdings: readonly Holding[],
  received: ReadonlyMap<string, readonly Holding[]>,
  log: Log,
): Promise<Stock> {
  const consignments = await Promise.all(
    [...received].map(async ([consignment, brought]) => {
      return {
        consignment,
        brought,
        facts: await standing<ConsignmentFact>(`consignment-${consignment}`, limits, log),
      };
    }),
  );
  const stopped = consignments.flatMap(({ consignment, brought, facts }): StoppedConsignment[] => {
    const latest = facts.filter(isVerdict).sort(byHappened).at(-1);
    if (!latest || latest.type === 'CustomsCleared') return [];
    const status = latest.type === 'CustomsHeld' ? 'held' : 'refused';
    return [{ consignment, status, reason: latest.data.reason, received: brought }];
  });
  const lots = await stoppedLots(limits, holdings, log);
  return {
    lines: withHolds(holdings, lots, stopped),
    expiries: expiriesIn(consignments.flatMap(({ facts }) => facts)),
  };
}

async function stoppedLots(limits: AsOf, holdings: readonly Holding[], log: Log): Promise<StoppedLot[]> {
  const lots = new Map(holdings.filter(({ lot }) => lot).map(({ item, lot }) => [`lot-${item}/${lot}`, { item, lot }]));
  const stops = await Promise.all(
    [...lots].map(async ([stream, { item, lot }]): Promise<StoppedLot[]> => {
      const latest = (await standing<LotFact>(stream, limits, log)).at(-1);
      if (!latest || latest.type === 'LotReleased') return [];
      const status = latest.type === 'LotHeld' ? 'held' : 'recalled';
      return [{ item, lot, status, reason: latest.data.reason, since: latest.happenedAt }];
    }),
  );
  return stops.flat();
}

/** The latest statement of each lot's expiry. */
function expiriesIn(facts: readonly Recorded<ConsignmentFact>[]): LotExpiry[] {
  const expiries = new Map<string, LotExpiry>();
  for (const { data } of [...facts].sort((a, b) => a.position - b.position)) {
    if (!('lines' in data)) continue;
    for (const { item, lot, expiry } of data.lines) {
      if (lot && expiry) expiries.set(`${item}/${lot}`, { item, lot, expiry });
    }
  }
  return [...expiries.values()];
}

async function standing<F extends Fact>(
  stream: string,
  limits: AsOf,
  { log, checkpoint }: Log,
): Promise<Recorded<F>[]> {
  const history = await log.readStream(stream);
  return standingAsOf<F>(
    history.filter(({ position }) => position <= checkpoint.position),
    limits,
  );
}

/** A declaration alone neither stops nor frees goods. */
function isVerdict(fact: Recorded<ConsignmentFact>): fact is Recorded<CustomsHeld | CustomsCleared | CustomsRefused> {
  return fact.type === 'CustomsHeld' || fact.type === 'CustomsCleared' || fact.type === 'CustomsRefused';
}

/** A hold told late does not undo the clearance that came after it. */
function byHappened(a: Recorded, b: Recorded): number {
  return instant(a.happenedAt) - instant(b.happenedAt);
}
