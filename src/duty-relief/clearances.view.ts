// duty relief: which consignments were ever said to be cleared.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { effective } from '../kernel/corrections.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Fact } from '../kernel/recorded.js';
import type { View } from '../kernel/view.js';

export class ClearancesView implements View {
  static readonly version = 1;
  static readonly tables = `CREATE TABLE cleared (consignment TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`;

  private readonly remember: StatementSync;
  private readonly selectAll: StatementSync;

  constructor(db: DatabaseSync) {
    this.remember = db.prepare('INSERT OR IGNORE INTO cleared VALUES (?)');
    this.selectAll = db.prepare('SELECT consignment FROM cleared ORDER BY consignment');
  }

  apply({ entry, history }: Delivered): void {
    if (!entry.stream.startsWith('consignment-')) return;
    const facts = history ? effective<Fact>(history) : [entry];
    if (facts.some(({ type }) => type === 'CustomsCleared'))
      this.remember.run(entry.stream.slice('consignment-'.length));
  }

  /** Never forgets one: a report of an earlier date needs clearances that were corrected since. */
  consignments(): string[] {
    return (this.selectAll.all() as { consignment: string }[]).map(({ consignment }) => consignment);
  }
}
