// request: which requests a country ever stated.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { effective } from '../kernel/corrections.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Recorded } from '../kernel/recorded.js';
import type { View } from '../kernel/view.js';
import type { RequestFact } from './request.events.js';

export class RequestView implements View {
  static readonly version = 1;
  static readonly tables = `CREATE TABLE requests (country TEXT NOT NULL, request TEXT NOT NULL,
    PRIMARY KEY (country, request)) STRICT, WITHOUT ROWID;`;

  private readonly remember: StatementSync;
  private readonly selectOf: StatementSync;
  private readonly selectAll: StatementSync;

  constructor(db: DatabaseSync) {
    this.remember = db.prepare('INSERT OR IGNORE INTO requests VALUES (?, ?)');
    this.selectOf = db.prepare('SELECT request FROM requests WHERE country = ? ORDER BY request');
    this.selectAll = db.prepare('SELECT DISTINCT request FROM requests ORDER BY request');
  }

  apply({ entry, history }: Delivered): void {
    if (!entry.stream.startsWith('request-')) return;
    const facts = history
      ? effective<RequestFact>(history as Recorded<RequestFact>[])
      : [entry as Recorded<RequestFact>];
    for (const { type, data } of facts) if (type === 'RequestRecorded') this.remember.run(data.country, data.request);
  }

  /** Never forgets one: a report of an earlier date needs requests that were withdrawn or corrected since. */
  ever(country?: string): string[] {
    const rows = country === undefined ? this.selectAll.all() : this.selectOf.all(country);
    return (rows as { request: string }[]).map(({ request }) => request);
  }
}
