// consignment: all consignments as a list.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { effective } from '../kernel/corrections.js';
import { instant } from '../kernel/moments.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Recorded } from '../kernel/recorded.js';
import type { View } from '../kernel/view.js';
import type { ConsignmentDispatched, ConsignmentFact } from './consignment.events.js';
import type { CustomsFact } from './customs.events.js';

type CustomsVerdict = Exclude<CustomsFact, { type: 'CustomsEntryLodged' }>;

export interface ConsignmentRow {
  readonly consignment: string;
  readonly dispatched?: { readonly happenedAt: string } & ConsignmentDispatched['data'];
  /** Places it arrived at, in the order of the log. */
  readonly arrivals: readonly { readonly place: string; readonly happenedAt: string }[];
  /** Whether customs let the goods move, by what happened last. */
  readonly customs?: { readonly happenedAt: string; readonly type: CustomsVerdict['type'] } & CustomsVerdict['data'];
  /** The kind of the latest fact that stands. */
  readonly latest: ConsignmentFact['type'];
}

/** Consignments remembered at a time. */
const KNOWN_MAX = 2_000;

export class ConsignmentView implements View {
  static readonly version = 3;
  static readonly tables = `CREATE TABLE consignments (consignment TEXT PRIMARY KEY, stopped INTEGER NOT NULL, row TEXT NOT NULL) STRICT;
    CREATE INDEX consignments_stopped ON consignments (stopped) WHERE stopped = 1;`;

  /** Consignments of the last pages as they stand; undefined for one that does not. */
  private readonly known = new Map<string, ConsignmentRow | undefined>();
  /** Those of them that wait to be written. */
  private readonly changed = new Set<string>();
  private inPage = false;
  private readonly upsert: StatementSync;
  private readonly remove: StatementSync;
  private readonly selectOne: StatementSync;
  private readonly selectPage: StatementSync;
  private readonly selectStopped: StatementSync;

  constructor(db: DatabaseSync) {
    this.upsert = db.prepare(
      'INSERT INTO consignments VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET stopped = excluded.stopped, row = excluded.row',
    );
    this.remove = db.prepare('DELETE FROM consignments WHERE consignment = ?');
    this.selectOne = db.prepare('SELECT row FROM consignments WHERE consignment = ?');
    this.selectPage = db.prepare('SELECT row FROM consignments WHERE consignment > ? ORDER BY consignment LIMIT ?');
    this.selectStopped = db.prepare('SELECT row FROM consignments WHERE stopped = 1 ORDER BY consignment');
  }

  beginPage(): void {
    this.inPage = true;
  }

  apply({ entry, history }: Delivered): void {
    if (!entry.stream.startsWith('consignment-')) return;
    const id = entry.stream.slice('consignment-'.length);
    const before = this.before(id);
    const row = history
      ? effective<ConsignmentFact>(history as Recorded<ConsignmentFact>[]).reduce(withFact, undefined)
      : withFact(before, entry as Recorded<ConsignmentFact>);
    this.known.set(id, row);
    // Most deliveries follow another delivery, and leave the row as it is.
    if (row !== before) this.changed.add(id);
    if (!this.inPage) this.write();
  }

  endPage(): void {
    this.inPage = false;
    this.write();
  }

  forgetRows(): void {
    this.inPage = false;
    this.known.clear();
    this.changed.clear();
  }

  one(id: string): ConsignmentRow | undefined {
    return rowOf(this.selectOne.get(id));
  }

  /** Consignments that customs hold or refused. */
  stopped(): ConsignmentRow[] {
    return this.selectStopped.all().flatMap((row) => rowOf(row) ?? []);
  }

  /** Consignments by reference behind `after`. */
  page(after: string, limit: number): ConsignmentRow[] {
    return this.selectPage.all(after, limit).flatMap((row) => rowOf(row) ?? []);
  }

  private before(id: string): ConsignmentRow | undefined {
    return this.known.has(id) ? this.known.get(id) : this.one(id);
  }

  private write(): void {
    for (const id of this.changed) {
      const row = this.known.get(id);
      if (row) this.upsert.run(id, isStopped(row) ? 1 : 0, JSON.stringify(row));
      else this.remove.run(id);
    }
    this.changed.clear();
    if (this.known.size > KNOWN_MAX) this.known.clear();
  }
}

function withFact(before: ConsignmentRow | undefined, fact: Recorded<ConsignmentFact>): ConsignmentRow {
  const row = { ...(before ?? { consignment: fact.data.consignment, arrivals: [] }), latest: fact.type };
  const { happenedAt } = fact;
  if (fact.type === 'ConsignmentDispatched') return { ...row, dispatched: { happenedAt, ...fact.data } };
  if (fact.type === 'ConsignmentArrived')
    return { ...row, arrivals: [...row.arrivals, { place: fact.data.place, happenedAt }] };
  if (isVerdict(fact) && !isOlder(happenedAt, before?.customs?.happenedAt)) {
    return { ...row, customs: { happenedAt, type: fact.type, ...fact.data } };
  }
  return before?.latest === fact.type ? before : row;
}

/** A hold told late does not undo the clearance that came after it. */
function isOlder(happenedAt: string, than: string | undefined): boolean {
  return than !== undefined && instant(happenedAt) < instant(than);
}

/** A declaration alone neither stops nor frees goods. */
function isVerdict(fact: Recorded<ConsignmentFact>): fact is Recorded<CustomsVerdict> {
  return fact.type === 'CustomsHeld' || fact.type === 'CustomsCleared' || fact.type === 'CustomsRefused';
}

function isStopped({ customs }: ConsignmentRow): boolean {
  return customs?.type === 'CustomsHeld' || customs?.type === 'CustomsRefused';
}

function rowOf(row: unknown): ConsignmentRow | undefined {
  return row ? (JSON.parse((row as { row: string }).row) as ConsignmentRow) : undefined;
}
