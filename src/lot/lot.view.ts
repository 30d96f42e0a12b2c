// lot: what is stopped, and when lots expire.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ConsignmentFact } from '../consignment/consignment.events.js';
import { effective } from '../kernel/corrections.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Fact, Recorded } from '../kernel/recorded.js';
import type { View } from '../kernel/view.js';
import type { LotFact } from './lot.events.js';

export interface StoppedLot {
  readonly item: string;
  readonly lot: string;
  readonly status: 'held' | 'recalled';
  readonly reason: string;
  readonly since: string;
}

export interface LotExpiry {
  readonly item: string;
  readonly lot: string;
  /** ISO date. */
  readonly expiry: string;
}

export class LotView implements View {
  static readonly version = 1;
  static readonly tables = `
    CREATE TABLE stopped_lots (stream TEXT PRIMARY KEY, item TEXT NOT NULL, lot TEXT NOT NULL, status TEXT NOT NULL,
      reason TEXT NOT NULL, since TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE lot_expiries (stream TEXT NOT NULL, position INTEGER NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL,
      expiry TEXT NOT NULL, PRIMARY KEY (stream, position, item, lot)) STRICT, WITHOUT ROWID;
    CREATE INDEX lot_expiries_by_lot ON lot_expiries (item, lot, position);
  `;

  private readonly stop: StatementSync;
  private readonly free: StatementSync;
  private readonly state: StatementSync;
  private readonly forget: StatementSync;
  private readonly selectStopped: StatementSync;
  private readonly selectExpiries: StatementSync;

  constructor(db: DatabaseSync) {
    this.stop = db.prepare('INSERT OR REPLACE INTO stopped_lots VALUES (?, ?, ?, ?, ?, ?)');
    this.free = db.prepare('DELETE FROM stopped_lots WHERE stream = ?');
    this.state = db.prepare('INSERT OR REPLACE INTO lot_expiries VALUES (?, ?, ?, ?, ?)');
    this.forget = db.prepare('DELETE FROM lot_expiries WHERE stream = ?');
    this.selectStopped = db.prepare('SELECT item, lot, status, reason, since FROM stopped_lots ORDER BY item, lot');
    this.selectExpiries = db.prepare(
      `SELECT item, lot, expiry FROM lot_expiries e WHERE position =
        (SELECT max(position) FROM lot_expiries l WHERE l.item = e.item AND l.lot = e.lot) ORDER BY expiry, item, lot`,
    );
  }

  apply({ entry, history }: Delivered): void {
    if (entry.stream.startsWith('lot-')) this.applyLot(entry, history);
    if (entry.stream.startsWith('consignment-')) this.applyConsignment(entry, history);
  }

  /** Lots that must not move now. */
  stopped(): StoppedLot[] {
    return this.selectStopped.all() as unknown as StoppedLot[];
  }

  /** The latest statement of each lot's expiry, the soonest first. */
  expiries(): LotExpiry[] {
    return this.selectExpiries.all() as unknown as LotExpiry[];
  }

  private applyLot(entry: Recorded, history: readonly Recorded[] | undefined): void {
    const fact = (history ? effective<Fact>(history).at(-1) : entry) as Recorded<LotFact> | undefined;
    if (!fact || fact.type === 'LotReleased') {
      this.free.run(entry.stream);
      return;
    }
    const { item, lot, reason } = fact.data;
    this.stop.run(entry.stream, item, lot, fact.type === 'LotHeld' ? 'held' : 'recalled', reason, fact.happenedAt);
  }

  private applyConsignment(entry: Recorded, history: readonly Recorded[] | undefined): void {
    if (history) this.forget.run(entry.stream);
    const facts = (history ? effective<Fact>(history) : [entry]) as Recorded<ConsignmentFact>[];
    for (const fact of facts) {
      if (!('lines' in fact.data)) continue;
      for (const { item, lot, expiry } of fact.data.lines) {
        if (lot && expiry) this.state.run(fact.stream, fact.position, item, lot, expiry);
      }
    }
  }
}
