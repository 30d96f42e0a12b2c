// store: what is appended to events.db, in transactions; the only place that writes entries.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { checksumOf } from './checksum.ts';
import type { EntryRow } from './entry-row.js';
import type { Payload } from './envelope.js';
import { layoutIn, type LogLayout } from './log-layout.ts';
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

/** A stream as the log has it; its last version is null only where all its entries are gone. */
interface Standing {
  readonly key: string | number;
  readonly version: number | null;
}

const NO_STREAM = -1;
/** Streams that are remembered, at least so many and at most twice: some megabytes. */
const REMEMBERED = 10_000;

/** Writes to a log that nobody else writes to. */
export class LogWriter {
  private readonly db: DatabaseSync;
  private readonly layout: LogLayout;
  private readonly begin: StatementSync;
  private readonly commit: StatementSync;
  private readonly save: StatementSync;
  private readonly release: StatementSync;
  private readonly standing: StatementSync;
  private readonly behind: StatementSync;
  private readonly introduce: StatementSync | undefined;
  private readonly insert: StatementSync;
  /** The streams that were written last, and those before them. */
  private recent = new Map<string, Standing>();
  private before = new Map<string, Standing>();
  private latest: number;

  constructor(file: string) {
    const db = openForWriting(file, DURABLE);
    refuseBroken(db, file);
    prepareTables(db, file);
    const layout = layoutIn(db);
    const { entries, ofStream, standing, introduce, insert } = layout;
    [this.db, this.layout] = [db, layout];
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    this.save = db.prepare('SAVEPOINT one');
    this.release = db.prepare('RELEASE one');
    this.standing = db.prepare(standing);
    this.behind = db.prepare(`${entries} WHERE ${ofStream} AND version > ? ORDER BY version LIMIT ?`);
    this.behind.setReturnArrays(true);
    this.introduce = introduce === undefined ? undefined : db.prepare(introduce);
    this.insert = db.prepare(insert);
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
      const results = this.together(requests) ?? this.apart(requests);
      this.commit.run();
      return results;
    } catch (error) {
      this.rollBack();
      return requests.map(() => ({ failure: faultOf(error) }));
    }
  }

  close(): void {
    this.db.close();
  }

  /** All appends; or none of several, in a new transaction, when the file refused one: a savepoint each costs too much. */
  private together(requests: readonly AppendRequest[]): AppendResult[] | undefined {
    try {
      return requests.map((request) => this.append(request));
    } catch (error) {
      // A full disk ends the transaction of all: there is nothing to be tried again.
      if (requests.length === 1 || !this.db.isTransaction) throw error;
      this.rollBack();
      this.begin.run();
      return undefined;
    }
  }

  /** Each append in its own savepoint. */
  private apart(requests: readonly AppendRequest[]): AppendResult[] {
    return requests.map((request) => {
      this.save.run();
      try {
        const result = this.append(request);
        this.release.run();
        return result;
      } catch (error) {
        if (!this.db.isTransaction) throw error;
        this.db.exec('ROLLBACK TO one; RELEASE one');
        return { failure: faultOf(error) };
      }
    });
  }

  private append({ stream, expected, events }: AppendRequest): AppendResult {
    const known = this.known(stream);
    const actual = known?.version ?? NO_STREAM;
    if (actual !== expected) return this.firstAnswer(stream, expected, events) ?? { actual };
    const key = known?.key ?? this.introduced(stream);
    let position = 0;
    let version = expected;
    for (const payload of events) {
      version++;
      position = this.add(payload, { stream, version, key });
    }
    this.remember(stream, { key, version });
    return position;
  }

  private rollBack(): void {
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
    this.recent.clear();
    this.before.clear();
  }

  private known(stream: string): Standing | undefined {
    const remembered = this.recent.get(stream) ?? this.before.get(stream);
    return remembered ?? (this.standing.get(stream) as Standing | undefined);
  }

  private introduced(stream: string): Standing['key'] {
    return this.introduce ? Number(this.introduce.run(stream).lastInsertRowid) : stream;
  }

  private add(payload: Payload, place: Standing & { readonly stream: string; readonly version: number }): number {
    const { id, type, schema, data, metadata, recordedAt = this.latest } = payload;
    const { stream, version, key } = place;
    const checksum = checksumOf(payload, { stream, version, recordedAt });
    if (!this.layout.ids.test(id)) throw new Error(`The id of an entry must be a UUID in small letters, not ${id}`);
    const added = this.insert.run(key, version, id, type, schema, data, metadata, recordedAt, checksum);
    return Number(added.lastInsertRowid);
  }

  private remember(stream: string, standing: Standing): void {
    this.recent.set(stream, standing);
    if (this.recent.size < REMEMBERED) return;
    this.before = this.recent;
    this.recent = new Map();
  }

  private firstAnswer(stream: string, expected: number, events: readonly Payload[]): number | undefined {
    const stored = this.behind.all(stream, expected, events.length) as unknown as EntryRow[];
    const same =
      stored.length === events.length &&
      stored.every(([, , , selectedId], index) => this.layout.id(selectedId) === events[index]!.id);
    return same ? stored.at(-1)?.[0] : undefined;
  }
}

function faultOf(error: unknown): Fault {
  const { message, errcode, fault } = error as Fault;
  return { message, errcode, fault };
}
