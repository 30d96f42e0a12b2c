// tracking: which lots expire when, by what papers say; pure.
import type { ConsignmentFact } from '../consignment/consignment.events.js';
import type { Recorded } from '../kernel/recorded.js';
import type { Told } from './papers.js';

/** Last days of use, as ISO dates. */
export interface Expiries {
  of(item: string, lot: string): string | undefined;
}

/** Papers may differ: of the facts that state an expiry of a lot, the one recorded last counts. */
export function expiriesOf(told: Told): Expiries {
  const stated = new Map<string, { position: number; expiry: string }>();
  for (const fact of [...told.values()].flat()) {
    for (const { item, lot, expiry } of detailedLines(fact)) {
      const key = `${item}/${lot}`;
      if (expiry && fact.position >= (stated.get(key)?.position ?? 0)) {
        stated.set(key, { position: fact.position, expiry });
      }
    }
  }
  return { of: (item, lot) => stated.get(`${item}/${lot}`)?.expiry };
}

interface DetailedLine {
  readonly item: string;
  readonly donation: string;
  readonly lot: string;
  readonly expiry?: string;
  readonly serials?: readonly string[];
}

/** The lines of goods in a fact; none for arrivals, customs and closures. */
export function detailedLines({ data }: Recorded<ConsignmentFact>): readonly DetailedLine[] {
  return 'lines' in data ? data.lines : [];
}
