// store: the one writer of events.db, in a thread of its own so that a slow flush stalls nobody else.
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
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

/** In the order of the requests: the last version and position, the version a conflict found, or what went wrong. */
export type AppendResult =
  { readonly version: number; readonly position: number } | { readonly actual: number } | { readonly failure: Fault };

const NO_STREAM = -1;

class Writer {
  private readonly db: DatabaseSync;
  private readonly head;
  private readonly idsBehind;
  private readonly insert;
  private latest: number;

  constructor(file: string) {
    this.db = openForWriting(file, DURABLE);
    refuseBroken(this.db, file);
    prepareTables(this.db, file);
    this.head = this.db.prepare('SELECT max(version) AS version FROM events WHERE stream = ?');
    this.idsBehind = this.db.prepare(
      'SELECT id, version, position FROM events WHERE stream = ? AND version > ? ORDER BY version LIMIT ?',
    );
    this.insert = this.db.prepare(
      `INSERT INTO events (stream, version, id, type, schema, data, metadata, recorded_at, checksum)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const last = this.db.prepare('SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1').get();
    this.latest = Number(last?.['recorded_at'] ?? 0);
  }

  /** All requests in one transaction and one flush; each in its own savepoint, so one conflict never touches its neighbours. */
  write(requests: readonly AppendRequest[]): AppendResult[] {
    // A clock that steps back must not make the log look out of order.
    this.latest = Math.max(this.latest, Date.now());
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const results = requests.map((request) => this.append(request));
      this.db.exec('COMMIT');
      return results;
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.db.close();
  }

  private append({ stream, expected, events }: AppendRequest): AppendResult {
    const actual = (this.head.get(stream) as { version: number | null }).version ?? NO_STREAM;
    if (actual !== expected) return this.firstAnswer(stream, expected, events) ?? { actual };
    this.db.exec('SAVEPOINT one');
    try {
      let position = 0;
      let version = expected;
      for (const payload of events) {
        version++;
        position = this.add(payload, stream, version);
      }
      this.db.exec('RELEASE one');
      return { version, position };
    } catch (error) {
      // A full disk ends the transaction of all, not only this savepoint.
      if (!this.db.isTransaction) throw error;
      this.db.exec('ROLLBACK TO one; RELEASE one');
      return { failure: faultOf(error) };
    }
  }

  private add(payload: Payload, stream: string, version: number): number {
    const { id, type, schema, data, metadata, recordedAt = this.latest } = payload;
    const checksum = checksumOf(payload, { stream, version, recordedAt });
    const added = this.insert.run(stream, version, id, type, schema, data, metadata, recordedAt, checksum);
    return Number(added.lastInsertRowid);
  }

  private firstAnswer(stream: string, expected: number, events: readonly Payload[]): AppendResult | undefined {
    const stored = this.idsBehind.all(stream, expected, events.length) as {
      id: string;
      version: number;
      position: number;
    }[];
    const same = stored.length === events.length && stored.every(({ id }, index) => id === events[index]!.id);
    const { version, position } = stored.at(-1) ?? {};
    return same ? { version: version!, position: position! } : undefined;
  }
}

const port = parentPort!;
const writer = new Writer((workerData as { file: string }).file);
port.on('message', (requests: readonly AppendRequest[] | 'close') => {
  if (requests === 'close') {
    writer.close();
    port.close();
    return;
  }
  try {
    port.postMessage(writer.write(requests));
  } catch (error) {
    port.postMessage(requests.map(() => ({ failure: faultOf(error) })));
  }
});
port.postMessage('ready');

function faultOf(error: unknown): Fault {
  const { message, errcode, fault } = error as Fault;
  return { message, errcode, fault };
}
