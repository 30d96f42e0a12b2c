// store: what is appended to events.db, in transactions; the only place that writes entries.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { checksumOf } from './checksum.ts';
import type { Payload } from './envelope.js';
import { prepareTables } from './log-tables.ts';
import { DURABLE, openForWriting } from './sqlite-file.ts';
import type { Fault } from './sqlite-faults.js';
import { refuseBroken } from './whole-file.ts';

/** An append that waits for its flush. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly Payload[];
}

/** The position of the last event, the version that a conflict found, or what went wrong. */
export type AppendResult = number | { readonly actual: number } | { readonly failure: Fault };

const NO_STREAM = -1;
/** Streams whose last version is remembered, at least so many and at most twice: about a megabyte. */
const REMEMBERED = 10_000;

/** Writes to a log that nobody else writes to. */
export class LogWriter {
  private readonly db: DatabaseSync;
  private readonly begin: StatementSync;
  private readonly commit: StatementSync;
  private readonly save: StatementSync;
  private readonly release: StatementSync;
  private readonly head: StatementSync;
  private readonly idsBehind: StatementSync;
  private readonly insert: StatementSync;
  /** The last versions of the streams that were written last, and of those before them. */
  private recent = new Map<string, number>();
  private before = new Map<string, number>();
  private latest: number;

  constructor(file: string) {
    const db = openForWriting(file, DURABLE);
    refuseBroken(db, file);
    prepareTables(db, file);
    this.db = db;
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    this.save = db.prepare('SAVEPOINT one');
    this.release = db.prepare('RELEASE one');
    this.head = db.prepare('SELECT max(version) AS version FROM events WHERE stream = ?');
    this.idsBehind = db.prepare(
      'SELECT id, position FROM events WHERE stream = ? AND version > ? ORDER BY version LIMIT ?',
    );
    this.insert = db.prepare(
      `INSERT INTO events (stream, version, id, type, schema, data, metadata, recorded_at, checksum)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const last = db.prepare('SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1').get();
    this.latest = Number(last?.['recorded_at'] ?? 0);
  }

  /**
   * All requests in one transaction and one flush, answered in their order; a conflict or a fault of one never touches
   * its neighbours.
   */
  write(requests: readonly AppendRequest[]): AppendResult[] {
    // A clock that steps back must not make the log look out of order.
    this.latest = Math.max(this.latest, Date.now());
    try {
      this.begin.run();
      const results = requests.map((request) => this.append(request, requests.length === 1));
      this.commit.run();
      return results;
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      this.recent.clear();
      this.before.clear();
      return requests.map(() => ({ failure: faultOf(error) }));
    }
  }

  close(): void {
    this.db.close();
  }

  private append({ stream, expected, events }: AppendRequest, alone: boolean): AppendResult {
    const actual = this.versionOf(stream);
    if (actual !== expected) return this.firstAnswer(stream, expected, events) ?? { actual };
    // One statement is whole by itself, and whoever is alone takes the transaction along.
    const saved = !alone && events.length > 1;
    if (saved) this.save.run();
    try {
      let position = 0;
      let version = expected;
      for (const payload of events) {
        version++;
        position = this.add(payload, stream, version);
      }
      if (saved) this.release.run();
      this.remember(stream, version);
      return position;
    } catch (error) {
      // A full disk ends the transaction of all, not only this savepoint.
      if (alone || !this.db.isTransaction) throw error;
      if (saved) this.db.exec('ROLLBACK TO one; RELEASE one');
      return { failure: faultOf(error) };
    }
  }

  private versionOf(stream: string): number {
    const known = this.recent.get(stream) ?? this.before.get(stream);
    return known ?? (this.head.get(stream) as { version: number | null }).version ?? NO_STREAM;
  }

  private add(payload: Payload, stream: string, version: number): number {
    const { id, type, schema, data, metadata, recordedAt = this.latest } = payload;
    const checksum = checksumOf(payload, { stream, version, recordedAt });
    const added = this.insert.run(stream, version, id, type, schema, data, metadata, recordedAt, checksum);
    return Number(added.lastInsertRowid);
  }

  private remember(stream: string, version: number): void {
    this.recent.set(stream, version);
    if (this.recent.size < REMEMBERED) return;
    this.before = this.recent;
    this.recent = new Map();
  }

  private firstAnswer(stream: string, expected: number, events: readonly Payload[]): number | undefined {
    const stored = this.idsBehind.all(stream, expected, events.length) as { id: string; position: number }[];
    const same = stored.length === events.length && stored.every(({ id }, index) => id === events[index]!.id);
    return same ? stored.at(-1)?.position : undefined;
  }
}

function faultOf(error: unknown): Fault {
  const { message, errcode, fault } = error as Fault;
  return { message, errcode, fault };
}
