// consignment: all consignments as a list.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { effective } from '../kernel/corrections.js';
import type { Delivered } from '../kernel/projector.js';
import type { Recorded } from '../kernel/recorded.js';
import type { View } from '../kernel/view.js';
import type { ConsignmentDispatched, ConsignmentFact } from './consignment.events.js';

export interface ConsignmentRow {
  readonly consignment: string;
  readonly dispatched?: { readonly happenedAt: string } & ConsignmentDispatched['data'];
  /** Places it arrived at, in the order of the log. */
  readonly arrivals: readonly { readonly place: string; readonly happenedAt: string }[];
  /** The kind of the latest fact that stands. */
  readonly latest: ConsignmentFact['type'];
}

export class ConsignmentView implements View {
  static readonly version = 1;
  static readonly tables = `CREATE TABLE consignments (consignment TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;`;

  private readonly upsert: StatementSync;
  private readonly remove: StatementSync;
  private readonly selectOne: StatementSync;
  private readonly selectPage: StatementSync;

  constructor(db: DatabaseSync) {
    this.upsert = db.prepare('INSERT INTO consignments VALUES (?, ?) ON CONFLICT DO UPDATE SET row = excluded.row');
    this.remove = db.prepare('DELETE FROM consignments WHERE consignment = ?');
    this.selectOne = db.prepare('SELECT row FROM consignments WHERE consignment = ?');
    this.selectPage = db.prepare('SELECT row FROM consignments WHERE consignment > ? ORDER BY consignment LIMIT ?');
  }

  apply({ entry, history }: Delivered): void {
    if (!entry.stream.startsWith('consignment-')) return;
    const id = entry.stream.slice('consignment-'.length);
    const row = history
      ? effective<ConsignmentFact>(history as Recorded<ConsignmentFact>[]).reduce(withFact, undefined)
      : withFact(this.one(id), entry as Recorded<ConsignmentFact>);
    if (row) this.upsert.run(id, JSON.stringify(row));
    else this.remove.run(id);
  }

  one(id: string): ConsignmentRow | undefined {
    return rowOf(this.selectOne.get(id));
  }

  /** Consignments by reference behind `after`. */
  page(after: string, limit: number): ConsignmentRow[] {
    return this.selectPage.all(after, limit).flatMap((row) => rowOf(row) ?? []);
  }
}

function withFact(before: ConsignmentRow | undefined, fact: Recorded<ConsignmentFact>): ConsignmentRow {
  const row = { ...(before ?? { consignment: fact.data.consignment, arrivals: [] }), latest: fact.type };
  const { happenedAt } = fact;
  if (fact.type === 'ConsignmentDispatched') return { ...row, dispatched: { happenedAt, ...fact.data } };
  if (fact.type === 'ConsignmentArrived')
    return { ...row, arrivals: [...row.arrivals, { place: fact.data.place, happenedAt }] };
  return row;
}

function rowOf(row: unknown): ConsignmentRow | undefined {
  return row ? (JSON.parse((row as { row: string }).row) as ConsignmentRow) : undefined;
}
