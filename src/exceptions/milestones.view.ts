// exceptions: what happened when, and from when to when it was believed: "as known on" is a condition, not a computation.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { LineDetails } from '../consignment/consignment.events.js';
import { limitsFor, type AsOf } from '../goods-ledger/as-of.js';
import { Streams } from '../goods-ledger/streams.js';
import { instant } from '../kernel/moments.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Recorded } from '../kernel/recorded.js';
import type { View } from '../kernel/view.js';
import { beliefsOf, type Belief } from './believed.js';
import { milestoneOf, type Marked, type MilestoneKind, type WatchedFact } from './milestone.js';
import { LATE_REPORT_MS } from './thresholds.js';

/** A fact that stands as of the dates of a question; times in milliseconds since 1970. */
export interface Milestone extends Marked {
  readonly stream: string;
  /** Of the entry it is about. */
  readonly position: number;
  readonly happened: number;
  /** When the entry was reported; a correction of it came later. */
  readonly reported: number;
  readonly corrected: boolean;
}

/** The last day of use of a lot, as the latest paper says. */
export interface StatedExpiry {
  readonly item: string;
  readonly lot: string;
  /** ISO date. */
  readonly expiry: string;
}

const OF_LOTS_AND_ROUTES = ['lot-held', 'lot-recalled', 'lot-released', 'route-set'] as const;

/** Kinds that are asked for across all records; the others are read record by record, and need no index of their own. */
const ACROSS_RECORDS = ['dispatched', 'customs-held', 'customs-refused', ...OF_LOTS_AND_ROUTES] as const;
type KindAcrossRecords = (typeof ACROSS_RECORDS)[number];

const isOneOf = (kinds: readonly MilestoneKind[]) => `kind IN (${kinds.map((kind) => `'${kind}'`).join()})`;

/** SQLite takes the index of kinds only for questions that say this in the same words. */
const ACROSS = isOneOf(ACROSS_RECORDS);

const WATCHED = /^(consignment|hub|lot|catalogue-route)-/;

/** Condition of the rows that count as of the dates of a question. */
const believed = (row: string) =>
  `${row}.known_from <= :knownAt AND ${row}.known_until > :knownAt AND ${row}.happened <= :until`;

/** Goods that are at their place, or in somebody's hands. */
const REACHED = `e.kind IN ('received', 'delivered') OR e.kind = 'arrived' AND e.to_place = m.to_place`;

export class MilestonesView implements View {
  static readonly version = 2;
  static readonly tables = `
    CREATE TABLE milestones (stream INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL,
      from_place TEXT NOT NULL, to_place TEXT NOT NULL, happened INTEGER NOT NULL, reported INTEGER NOT NULL, known_from INTEGER NOT NULL,
      known_until INTEGER NOT NULL, corrected INTEGER NOT NULL, watch TEXT NOT NULL, details TEXT NOT NULL) STRICT;
    CREATE INDEX milestones_by_stream ON milestones (stream, happened);
    CREATE TABLE stated_expiries (position INTEGER NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL,
      expiry TEXT NOT NULL, happened INTEGER NOT NULL, known_from INTEGER NOT NULL, known_until INTEGER NOT NULL) STRICT;
    CREATE INDEX stated_expiries_by_entry ON stated_expiries (position);
    CREATE TABLE latest_recording (at INTEGER NOT NULL) STRICT;
    INSERT INTO latest_recording VALUES (0);
  `;
  static readonly indices = `
    CREATE INDEX IF NOT EXISTS milestones_by_kind ON milestones (kind, happened) WHERE ${ACROSS};
    CREATE INDEX IF NOT EXISTS milestones_to_watch ON milestones (watch) WHERE watch <> '';
    CREATE INDEX IF NOT EXISTS milestones_reported_late ON milestones (happened) WHERE reported - happened > ${LATE_REPORT_MS};
  `;

  /** Of the last entry of the page; undefined while no page is open. */
  private heard: string | undefined;
  private readonly streams: Streams;
  private readonly statements = new Map<string, StatementSync>();
  private readonly insert: StatementSync;
  private readonly forget: StatementSync;
  private readonly insertExpiry: StatementSync;
  private readonly forgetExpiries: StatementSync;
  private readonly hear: StatementSync;

  constructor(private readonly db: DatabaseSync) {
    this.streams = Streams.of(db);
    this.insert = db.prepare('INSERT INTO milestones VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.forget = db.prepare('DELETE FROM milestones WHERE stream = ? AND position = ?');
    this.insertExpiry = db.prepare('INSERT INTO stated_expiries VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.forgetExpiries = db.prepare('DELETE FROM stated_expiries WHERE position = ?');
    this.hear = db.prepare('UPDATE latest_recording SET at = ?');
  }

  beginPage(): void {
    this.heard = '';
  }

  apply(delivered: Delivered): void {
    const { stream, recordedAt } = delivered.entry;
    if (this.heard === undefined) this.hear.run(instant(recordedAt));
    else this.heard = recordedAt;
    if (!WATCHED.test(stream)) return;
    const { position, beliefs } = beliefsOf(delivered);
    if (delivered.history) {
      this.forget.run(this.streams.number(stream), position);
      this.forgetExpiries.run(position);
    }
    for (const belief of beliefs) this.keep(belief);
  }

  endPage(): void {
    if (this.heard) this.hear.run(instant(this.heard));
    this.heard = undefined;
  }

  forgetRows(): void {
    this.streams.forget();
    this.heard = undefined;
  }

  /** When the log last recorded anything, in milliseconds since 1970. */
  latestRecording(): number {
    return (this.prepared('SELECT at FROM latest_recording').get() as { at: number }).at;
  }

  /** Everything of one record, as it happened. */
  ofRecord(asOf: AsOf, stream: string): Milestone[] {
    return this.select(asOf, 'm.stream = (SELECT id FROM streams WHERE name = :stream)', { stream });
  }

  /** Everything of some kinds, as it happened; as dear as there are facts of these kinds. */
  ofKinds(asOf: AsOf, kinds: readonly KindAcrossRecords[]): Milestone[] {
    return this.select(asOf, `m.${ACROSS} AND m.${isOneOf(kinds)}`);
  }

  /**
   * Dispatches whose goods had not reached anybody within `target` milliseconds, those that are not due at `agesAt`
   * left out. Costs a look at each dispatch in the index, not at the log.
   */
  slowDispatches(asOf: AsOf, target: number, agesAt: number): Milestone[] {
    const reachedInTime = `SELECT 1 FROM milestones e WHERE e.stream = m.stream AND e.happened <= m.happened + :target
      AND ${believed('e')} AND (${REACHED})`;
    const due = `m.${ACROSS} AND m.kind = 'dispatched' AND m.happened < :agesAt - :target`;
    return this.select(asOf, `${due} AND NOT EXISTS (${reachedInTime})`, { target, agesAt });
  }

  /** Facts without a signed proof, or with a number that does not fit. */
  toWatch(asOf: AsOf, watch: 'unconfirmed' | 'doubtful'): Milestone[] {
    return this.select(asOf, `m.watch <> '' AND m.watch = :watch`, { watch });
  }

  /** Entries of consignments and hubs that were reported long after they happened. */
  reportedLate(asOf: AsOf): Milestone[] {
    return this.select(asOf, `m.reported - m.happened > ${LATE_REPORT_MS} AND NOT m.${isOneOf(OF_LOTS_AND_ROUTES)}`);
  }

  /** The latest word on the expiry of each lot. */
  expiries(asOf: AsOf): StatedExpiry[] {
    // With max(), SQLite takes the other columns from the row that holds the maximum.
    const rows = this.prepared(
      `SELECT item, lot, expiry, max(position) FROM stated_expiries s WHERE ${believed('s')}
         GROUP BY item, lot ORDER BY expiry, item, lot`,
    ).all(limitsFor(asOf)) as unknown as StatedExpiry[];
    return rows.map(({ item, lot, expiry }) => ({ item, lot, expiry }));
  }

  private keep({ fact, knownFrom, knownUntil, corrected }: Belief): void {
    const { stream, position, happenedAt, reportedAt } = fact;
    const { kind, from, to, watch, details } = milestoneOf(fact as Recorded<WatchedFact>);
    const [happened, reported] = [instant(happenedAt), instant(reportedAt)];
    this.insert.run(
      ...[this.streams.number(stream), position, kind, from, to, happened, reported, knownFrom, knownUntil],
      ...[corrected ? 1 : 0, watch, JSON.stringify(details)],
    );
    for (const { item, lot, expiry } of linesOf(fact)) {
      if (lot && expiry) this.insertExpiry.run(position, item, lot, expiry, happened, knownFrom, knownUntil);
    }
  }

  /** The same few questions are asked for thousands of records. */
  private prepared(sql: string): StatementSync {
    const statement = this.statements.get(sql) ?? this.db.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  private select(asOf: AsOf, condition: string, values: Record<string, SQLInputValue> = {}): Milestone[] {
    const rows = this.prepared(
      `SELECT (SELECT name FROM streams WHERE id = m.stream) AS stream, m.position, m.kind, m.from_place, m.to_place,
         m.happened, m.reported, m.corrected, m.watch, m.details
         FROM milestones m WHERE ${condition} AND ${believed('m')} ORDER BY m.happened, m.position`,
    ).all({ ...limitsFor(asOf), ...values }) as unknown as Row[];
    return rows.map(({ from_place, to_place, corrected, details, ...row }) => {
      const said = JSON.parse(details) as Marked['details'];
      return { ...row, from: from_place, to: to_place, corrected: corrected === 1, details: said };
    });
  }
}

type Row = Omit<Milestone, 'from' | 'to' | 'corrected' | 'details'> & {
  readonly from_place: string;
  readonly to_place: string;
  readonly corrected: number;
  readonly details: string;
};

function linesOf({ data }: Recorded): readonly (LineDetails & { readonly item: string; readonly lot?: string })[] {
  return 'lines' in data ? (data.lines as ReturnType<typeof linesOf>) : [];
}
