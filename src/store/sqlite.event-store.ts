// store: the log in events.db; reads here, writes through the writer's thread.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { Conflict } from '../kernel/errors.js';
import type { Appended, EventStore } from '../kernel/event-store.js';
import type { Proposed, Recorded } from '../kernel/recorded.js';
import type { AppendRequest, AppendResult } from './append.worker.js';
import { payloads, recorded, type Payload, type Place } from './envelope.js';
import { openForReading } from './sqlite-file.js';

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

type Row = [
  position: number,
  stream: string,
  version: number,
  id: string,
  type: string,
  schema: number,
  data: string,
  metadata: string,
  recordedAt: number,
];

const COLUMNS = 'position, stream, version, id, type, schema, data, metadata, recorded_at';

/** Reads events.db beside whoever writes it. */
export class SqliteLogReader {
  readonly datesRise = true;
  private readonly db: DatabaseSync;
  private readonly byStream: StatementSync;
  private readonly byPosition: StatementSync;
  private readonly selectHead: StatementSync;
  private readonly name: string;

  constructor(file: string) {
    this.db = openForReading(file);
    this.byStream = rows(this.db.prepare(`SELECT ${COLUMNS} FROM events WHERE stream = ? ORDER BY version`));
    this.byPosition = rows(
      this.db.prepare(`SELECT ${COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?`),
    );
    this.selectHead = rows(this.db.prepare('SELECT max(position) FROM events'));
    this.name = (this.db.prepare('SELECT identity FROM log').get() as { identity: string }).identity;
  }

  async readStream(stream: string): Promise<Recorded[]> {
    return (this.byStream.all(stream) as unknown as Row[]).map(fromRow);
  }

  async readAll(after: number, limit: number): Promise<Recorded[]> {
    return (this.byPosition.all(after, limit) as unknown as Row[]).map(fromRow);
  }

  /** Position of the last entry; 0 for an empty log. */
  head(): number {
    return Number(this.selectHead.get()![0] ?? 0);
  }

  async reached(): Promise<number> {
    return this.head();
  }

  identity(): string {
    return this.name;
  }

  async close(): Promise<void> {
    this.db.close();
  }
}

/** Group commit: whatever waits while a flush runs goes into the next one together. */
export class SqliteEventStore extends SqliteLogReader implements EventStore {
  private waiting: Waiting[] = [];
  private inFlight: Waiting[] = [];
  private broken: Error | undefined;
  private readonly listeners = new Set<() => void>();

  private constructor(
    file: string,
    private readonly writer: Worker,
  ) {
    super(file);
    writer.on('message', (results: AppendResult[]) => this.settle(results));
    writer.on('error', (error: Error) => this.breakDown(error));
    writer.on('exit', () => this.breakDown(new Error('The writer of the log has stopped.')));
  }

  static async open(file: string): Promise<SqliteEventStore> {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const writer = new Worker(new URL(`./append.worker.${extension}`, import.meta.url), { workerData: { file } });
    await new Promise((resolve, reject) => {
      writer.once('message', resolve);
      writer.once('error', reject);
    });
    writer.removeAllListeners('error');
    return new SqliteEventStore(file, writer);
  }

  async append(stream: string, expected: number, events: readonly Proposed[]): Promise<Appended> {
    const request = { stream, expected, events: payloads(events) };
    if (this.broken) throw this.broken;
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      // Appends made in the same turn of the loop share a flush too.
      if (this.inFlight.length === 0 && this.waiting.length === 1) queueMicrotask(() => this.flush());
    });
  }

  onAppended(wake: () => void): () => void {
    this.listeners.add(wake);
    return () => this.listeners.delete(wake);
  }

  override async close(): Promise<void> {
    while (this.inFlight.length + this.waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    this.listeners.clear();
    // The writer goes last: whoever closes last folds the write-ahead file into events.db.
    await super.close();
    if (this.broken) return;
    const ended = new Promise((resolve) => this.writer.once('exit', resolve));
    this.writer.postMessage('close');
    await ended;
  }

  private flush(): void {
    if (this.inFlight.length > 0 || this.waiting.length === 0) return;
    this.inFlight = this.waiting;
    this.waiting = [];
    this.writer.postMessage(this.inFlight.map(({ request }) => request));
  }

  private settle(results: readonly AppendResult[]): void {
    const settled = this.inFlight;
    this.inFlight = [];
    this.flush();
    settled.forEach((waiting, index) => answer(waiting, results[index]!));
    for (const wake of this.listeners) wake();
  }

  private breakDown(error: Error): void {
    this.broken ??= error;
    for (const { reject } of [...this.inFlight, ...this.waiting]) reject(this.broken);
    this.inFlight = [];
    this.waiting = [];
  }
}

function answer({ request, resolve, reject }: Waiting, result: AppendResult): void {
  if ('position' in result) resolve(result);
  else if ('actual' in result) reject(new Conflict(request.stream, request.expected, result.actual));
  else reject(new Error(`The log did not take the entry: ${result.failure}.`));
}

function rows(statement: StatementSync): StatementSync {
  statement.setReturnArrays(true);
  return statement;
}

function fromRow([position, stream, version, id, type, schema, data, metadata, recordedAt]: Row): Recorded {
  const payload: Payload = { id, type, schema, data, metadata };
  const place: Place = { stream, version, position, recordedAt };
  return recorded(payload, place);
}
