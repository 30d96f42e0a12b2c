// audit: how much each consignment carried, by its own words and by the books.
import type { DatabaseSync } from 'node:sqlite';
import type { ConsignmentDispatched, ConsignmentFact } from '../consignment/consignment.events.js';
import { effective } from '../kernel/corrections.js';
import type { Delivered } from '../kernel/projector.js';
import type { Recorded } from '../kernel/recorded.js';

/** Net flow of each consignment into each bucket, what its dispatch took out of a hub or donor left aside. */
const FLOWS = `
  WITH flows AS (
    SELECT stream, about, a.bucket, m.quantity FROM movements m JOIN accounts a ON a.id = m.to_account
    UNION ALL
    SELECT stream, about, a.bucket, -m.quantity FROM movements m JOIN accounts a ON a.id = m.from_account
  )
  SELECT f.stream, sum(f.quantity) AS quantity FROM flows f
  WHERE f.stream LIKE 'consignment-%' AND f.bucket <> 'donor'
    AND NOT (f.bucket = 'atHub' AND f.about = (SELECT min(d.about) FROM movements d WHERE d.stream = f.stream))
  GROUP BY f.stream`;

export class DispatchedByFacts {
  private readonly carried = new Map<string, number>();

  next({ entry, history }: Delivered): void {
    if (!entry.stream.startsWith('consignment-')) return;
    const facts = history
      ? effective<ConsignmentFact>(history as Recorded<ConsignmentFact>[])
      : [entry as Recorded<ConsignmentFact>];
    const dispatch = facts.find(
      (fact): fact is Recorded<ConsignmentDispatched> => fact.type === 'ConsignmentDispatched',
    );
    if (dispatch)
      this.carried.set(
        entry.stream,
        dispatch.data.lines.reduce((sum, { quantity }) => sum + quantity, 0),
      );
    else if (history) this.carried.set(entry.stream, 0);
  }

  /** How many consignments were checked, and those whose books say something else than their facts. */
  against(db: DatabaseSync): [checked: number, broken: string[]] {
    const flows = new Map(
      (db.prepare(FLOWS).all() as { stream: string; quantity: number }[]).map(({ stream, quantity }) => [
        stream,
        quantity,
      ]),
    );
    const broken = [...this.carried].flatMap(([stream, carried]) => {
      const booked = flows.get(stream) ?? 0;
      return booked === carried ? [] : [`${stream} carried ${carried}, its goods add up to ${booked}`];
    });
    return [this.carried.size, broken];
  }
}
