// donation: all donations as a list.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isCorrection } from '../kernel/corrections.js';
import { fold } from '../kernel/decider.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Recorded } from '../kernel/recorded.js';
import type { View } from '../kernel/view.js';
import { donation, type Donation } from './donation.js';
import type { DonationFact } from './donation.events.js';

export type DonationRow = { readonly donation: string } & Exclude<Donation, { status: 'none' }>;

/** Donations remembered at a time. */
const KNOWN_MAX = 10_000;

export class DonationView implements View {
  static readonly version = 1;
  static readonly tables = `CREATE TABLE donations (donation TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;`;

  /** Donations as they stand. */
  private readonly known = new Map<string, DonationRow>();
  private readonly upsert: StatementSync;
  private readonly selectOne: StatementSync;
  private readonly selectPage: StatementSync;

  constructor(db: DatabaseSync) {
    this.upsert = db.prepare('INSERT INTO donations VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state');
    this.selectOne = db.prepare('SELECT donation, state FROM donations WHERE donation = ?');
    this.selectPage = db.prepare('SELECT donation, state FROM donations WHERE donation > ? ORDER BY donation LIMIT ?');
  }

  apply({ entry, history }: Delivered): void {
    if (!entry.stream.startsWith('donation-')) return;
    const id = entry.stream.slice('donation-'.length);
    const before: Donation = this.one(id) ?? donation.initial;
    const state = isCorrection(entry)
      ? fold(donation, (history ?? []) as Recorded<DonationFact>[])
      : donation.evolve(before, entry as Recorded<DonationFact>);
    this.known.delete(id);
    this.upsert.run(id, JSON.stringify(state));
  }

  forgetRows(): void {
    this.known.clear();
  }

  /** A donation that stands; nothing for one that never was. */
  one(id: string): DonationRow | undefined {
    const known = this.known.get(id) ?? rowOf(this.selectOne.get(id));
    if (this.known.size >= KNOWN_MAX) this.known.clear();
    if (known) this.known.set(id, known);
    return known;
  }

  /** Donations by reference behind `after`. */
  page(after: string, limit: number): DonationRow[] {
    return this.selectPage.all(after, limit).flatMap((row) => rowOf(row) ?? []);
  }
}

function rowOf(row: unknown): DonationRow | undefined {
  if (!row) return undefined;
  const { donation, state } = row as { donation: string; state: string };
  const parsed = JSON.parse(state) as Donation;
  return parsed.status === 'none' ? undefined : { donation, ...parsed };
}
