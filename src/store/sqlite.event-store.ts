// store: the log in events.db; reads here, writes through the writer's thread.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { Conflict, Unavailable } from '../kernel/errors.js';
import type { Appended, EventStore } from '../kernel/event-store.js';
import { inThisTurn, loopTurn } from '../kernel/loop-turn.js';
import type { Proposed, Recorded } from '../kernel/recorded.js';
import { packed } from './append-message.js';
import { DamagedLog } from './damaged-log.js';
import { refuseLost } from './data-folder.js';
import { entryOf, type EntryRow } from './entry-row.js';
import { payloads } from './envelope.js';
import { openLog } from './log-file.js';
import type { LogLayout } from './log-layout.js';
import type { AppendRequest, AppendResult } from './log-writer.js';
import { DiskFault, inWords, saidFor, type Fault } from './sqlite-faults.js';

/** Whoever is answered goes on at once: few together, and others have a turn in between when that takes long. */
const ANSWERED_TOGETHER = 32;
const ANSWERING_MS = 5;

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** Reads events.db beside whoever writes it. Whatever is not as it was written is a `DamagedLog`, never an answer. */
export class SqliteLogReader {
  readonly datesRise = true;
  private readonly db: DatabaseSync;
  private readonly byStream: StatementSync;
  private readonly byPosition: StatementSync;
  private readonly selectHead: StatementSync;
  private readonly layout: LogLayout;
  private readonly name: string;

  constructor(
    protected readonly file: string,
    looked: 'through' | 'not yet' = 'not yet',
  ) {
    const { db, identity, layout } = openLog(file, looked);
    [this.db, this.name, this.layout] = [db, identity, layout];
    const { entries, ofStream } = layout;
    this.byStream = rows(db.prepare(`${entries} WHERE ${ofStream} ORDER BY version`));
    this.byPosition = rows(db.prepare(`${entries} WHERE position > ? ORDER BY position LIMIT ?`));
    this.selectHead = rows(db.prepare('SELECT max(position) FROM events'));
  }

  async readStream(stream: string): Promise<Recorded[]> {
    return saidFor(this.file, () => {
      const entries = this.entries(this.byStream.all(stream));
      this.demandAll(entries, ({ version, ...entry }, index) => {
        if (entry.stream !== stream) return `${stream} is not to be found, ${entry.stream} stands in its place`;
        return version === index || `version ${index} of ${stream} is missing`;
      });
      return entries;
    });
  }

  /** The writer leaves no gaps between positions: one that is found is damage. */
  async readAll(after: number, limit: number): Promise<Recorded[]> {
    return saidFor(this.file, () => {
      const entries = this.entries(this.byPosition.all(after, limit));
      this.demandAll(entries, ({ position }, index) => {
        const next = after + 1 + index;
        return position === next || `the entry at position ${next} is missing`;
      });
      return entries;
    });
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

  private entries(found: readonly unknown[]): Recorded[] {
    return found.map((row) => entryOf(row as EntryRow, this.file, this.layout));
  }

  /** Throws the first fault that `faultOf` finds. */
  private demandAll(entries: readonly Recorded[], faultOf: (entry: Recorded, index: number) => true | string): void {
    entries.forEach((entry, index) => {
      const fault = faultOf(entry, index);
      if (fault !== true) throw new DamagedLog(this.file, fault);
    });
  }
}

/** Group commit: whatever waits while a flush runs goes into the next one together. */
export class SqliteEventStore extends SqliteLogReader implements EventStore {
  private waiting: Waiting[] = [];
  private inFlight: Waiting[] = [];
  /** What the writer has answered and the caller has not been told yet. */
  private settled: { readonly waiting: Waiting; readonly result: AppendResult }[] = [];
  private broken: Error | undefined;
  private ended = false;
  private readonly listeners = new Set<() => void>();

  private constructor(
    file: string,
    private readonly writer: Worker,
    private readonly port: MessagePort,
  ) {
    super(file, 'through');
    port.on('message', (results: AppendResult[]) => this.settle(results));
    writer.on('error', (error: Error) => this.breakDown(error));
    writer.on('exit', () => {
      this.ended = true;
      // What was committed is answered, also by a writer that is no more.
      const last = receiveMessageOnPort(port);
      if (last) this.settle(last.message as AppendResult[]);
      this.breakDown(new Error('The writer of the log has stopped.'));
    });
  }

  static async open(file: string): Promise<SqliteEventStore> {
    refuseLost(file);
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    // A channel of its own is quicker than the worker's, which hands each message on once more.
    const { port1: port, port2 } = new MessageChannel();
    const writer = new Worker(new URL(`./append.worker.${extension}`, import.meta.url), {
      workerData: { file, port: port2 },
      transferList: [port2],
    });
    await new Promise((resolve, reject) => {
      writer.once('message', resolve);
      writer.once('error', (error) => reject(inWords(error as Fault, file)));
    });
    writer.removeAllListeners('error');
    let store: SqliteEventStore | undefined;
    try {
      store = new SqliteEventStore(file, writer, port);
      // The last entry says how late it is: a wrong date there would spread to every entry behind it.
      await store.readAll(Math.max(0, store.head() - 1), 1);
      return store;
    } catch (error) {
      await (store?.close() ?? closed(writer, port));
      throw error;
    }
  }

  override readStream(stream: string): Promise<Recorded[]> {
    return this.trusting(super.readStream(stream));
  }

  override readAll(after: number, limit: number): Promise<Recorded[]> {
    return this.trusting(super.readAll(after, limit));
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
    while (this.inFlight.length + this.waiting.length + this.settled.length > 0)
      await new Promise((resolve) => setTimeout(resolve, 1));
    this.listeners.clear();
    // The writer goes last: whoever closes last folds the write-ahead file into events.db.
    await super.close();
    if (this.ended) return;
    await closed(this.writer, this.port);
  }

  /** Nothing is written behind damage: it would be lost when the backup is put in its place. */
  private async trusting<T>(read: Promise<T>): Promise<T> {
    try {
      return await read;
    } catch (error) {
      if (error instanceof DamagedLog) this.broken ??= error;
      throw error;
    }
  }

  private flush(): void {
    if (this.inFlight.length > 0 || this.waiting.length === 0) return;
    this.inFlight = this.waiting;
    this.waiting = [];
    this.port.postMessage(packed(this.inFlight.map(({ request }) => request)));
  }

  private settle(results: readonly AppendResult[]): void {
    const settled = this.inFlight;
    this.inFlight = [];
    this.flush();
    const idle = this.settled.length === 0;
    settled.forEach((waiting, index) => this.settled.push({ waiting, result: results[index]! }));
    if (idle) void this.answerAll();
  }

  private async answerAll(): Promise<void> {
    inThisTurn();
    for (;;) {
      for (const { waiting, result } of this.settled.splice(0, ANSWERED_TOGETHER)) answer(waiting, result, this.file);
      if (this.settled.length === 0) break;
      await Promise.resolve();
      if (inThisTurn() < ANSWERING_MS) continue;
      this.wakeAll();
      await loopTurn();
    }
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const wake of this.listeners) wake();
  }

  private breakDown(error: Error): void {
    this.broken ??= error;
    for (const { reject } of [...this.inFlight, ...this.waiting]) reject(this.broken);
    this.inFlight = [];
    this.waiting = [];
  }
}

function answer({ request, resolve, reject }: Waiting, result: AppendResult, file: string): void {
  if (typeof result === 'number') resolve({ version: request.expected + request.events.length, position: result });
  else if ('actual' in result) reject(new Conflict(request.stream, request.expected, result.actual));
  else reject(refusalOf(inWords(result.failure, file)));
}

/** A disk that takes nothing now may do so later: the same command can be sent again. */
function refusalOf(error: Error): Error {
  return error instanceof DiskFault ? new Unavailable(error.message) : error;
}

function closed(writer: Worker, port: MessagePort): Promise<unknown> {
  const ended = new Promise((resolve) => writer.once('exit', resolve));
  port.postMessage('close');
  return ended;
}

function rows(statement: StatementSync): StatementSync {
  statement.setReturnArrays(true);
  return statement;
}
