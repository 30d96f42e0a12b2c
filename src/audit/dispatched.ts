// audit: how much each consignment carried, by its own words and by the books.
import type { DatabaseSync } from 'node:sqlite';
import type { ConsignmentDispatched, ConsignmentFact } from '../consignment/consignment.events.js';
import { effective } from '../kernel/corrections.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Recorded } from '../kernel/recorded.js';

/** Net flow of each consignment into each bucket, entry by entry; donors are where it all comes from. */
const FLOWS = `
  WITH flows AS (
    SELECT stream, about, a.bucket, m.quantity FROM movements m JOIN accounts a ON a.id = m.to_account
    UNION ALL
    SELECT stream, about, a.bucket, -m.quantity FROM movements m JOIN accounts a ON a.id = m.from_account
  )
  SELECT s.name AS stream, about, bucket, sum(quantity) AS quantity FROM flows JOIN streams s ON s.id = stream
  WHERE s.name LIKE 'consignment-%' AND bucket <> 'donor' GROUP BY s.id, about, bucket`;

interface Flow {
  readonly stream: string;
  readonly about: number;
  readonly bucket: string;
  readonly quantity: number;
}

export class DispatchedByFacts {
  private readonly carried = new Map<string, number>();
  /** Positions of dispatches: what they took out of a hub is where the goods come from. */
  private readonly dispatches = new Set<number>();

  next({ entry, history }: Delivered): void {
    if (!entry.stream.startsWith('consignment-')) return;
    if (entry.type === 'ConsignmentDispatched') this.dispatches.add(entry.position);
    const facts = history
      ? effective<ConsignmentFact>(history as Recorded<ConsignmentFact>[])
      : [entry as Recorded<ConsignmentFact>];
    const carried = facts
      .filter((fact): fact is Recorded<ConsignmentDispatched> => fact.type === 'ConsignmentDispatched')
      .flatMap(({ data }) => data.lines)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    // Undoing the void of a dispatch may leave two of them standing; a history tells them all.
    const before = history ? 0 : (this.carried.get(entry.stream) ?? 0);
    if (history || carried > 0) this.carried.set(entry.stream, before + carried);
  }

  /** How many consignments were checked, and those whose books say something else than their facts. */
  against(db: DatabaseSync): [checked: number, broken: string[]] {
    const flows = new Map<string, number>();
    for (const { stream, about, bucket, quantity } of db
      .prepare(FLOWS)
      .iterate() as Iterable<unknown> as Iterable<Flow>) {
      if (bucket === 'atHub' && this.dispatches.has(about)) continue;
      flows.set(stream, (flows.get(stream) ?? 0) + quantity);
    }
    const broken = [...this.carried].flatMap(([stream, carried]) => {
      const booked = flows.get(stream) ?? 0;
      return booked === carried ? [] : [`${stream} carried ${carried}, its goods add up to ${booked}`];
    });
    return [this.carried.size, broken];
  }
}
