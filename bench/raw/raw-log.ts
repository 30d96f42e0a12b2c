// bench, by hand: the least that a durable log with a version check can be.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Proposed } from '../../src/kernel/recorded.ts';

const SCHEMA = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
    data TEXT NOT NULL, metadata TEXT NOT NULL, recorded_at INTEGER NOT NULL, UNIQUE (stream, version)) STRICT;
`;

export class RawLog {
  readonly db: DatabaseSync;
  private readonly head: StatementSync;
  private readonly insert: StatementSync;

  constructor(file: string) {
    this.db = new DatabaseSync(file);
    this.db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`);
    this.head = this.db.prepare('SELECT max(version) AS version FROM events WHERE stream = ?');
    this.insert = this.db.prepare(
      'INSERT INTO events (stream, version, id, type, data, metadata, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
  }

  /** Within the caller's transaction. Throws when the stream is not at `expected`. */
  append(stream: string, expected: number, events: readonly Proposed[]): void {
    const { version } = this.head.get(stream) as { version: number | null };
    if ((version ?? -1) !== expected) throw new Error(`${stream} is not at ${expected}.`);
    const now = Date.now();
    events.forEach(
      ({ id, type, schema: _schema, data, correlationId: _same, causationId: _too, ...metadata }, index) => {
        const place = expected + 1 + index;
        this.insert.run(stream, place, id, type, JSON.stringify(data), JSON.stringify(metadata), now);
      },
    );
  }

  count(): number {
    return (this.db.prepare('SELECT count(*) AS count FROM events').get() as { count: number }).count;
  }

  close(): void {
    this.db.close();
  }
}
