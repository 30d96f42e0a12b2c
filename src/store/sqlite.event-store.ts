// store: the log in events.db, written through the writer's thread.
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { Conflict, Unavailable } from '../kernel/errors.js';
import type { Appended, EventStore } from '../kernel/event-store.js';
import { loopTurn } from '../kernel/loop-turn.js';
import type { Proposed, Recorded } from '../kernel/recorded.js';
import { packed } from './append-message.js';
import { DamagedLog } from './damaged-log.js';
import { refuseLost } from './data-folder.js';
import { newBell, ring, type Bell } from './doorbell.js';
import { payloads } from './envelope.js';
import { inThisTurn } from './in-this-turn.js';
import type { AppendRequest, AppendResult } from './log-writer.js';
import { DiskFault, inWords, type Fault } from './sqlite-faults.js';
import { SqliteLogReader } from './sqlite.log-reader.js';

/** Whoever is answered goes on at once: few together, and others have a turn in between when that takes long. */
const ANSWERED_TOGETHER = 32;
const ANSWERING_MS = 5;

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
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
    private readonly bell: Bell,
  ) {
    super(file, 'through');
    port.on('message', (results: readonly AppendResult[]) => this.settle(results));
    writer.on('error', (error: Error) => this.breakDown(error));
    writer.on('exit', () => {
      this.ended = true;
      // What was committed is answered, also by a writer that is no more.
      const last = receiveMessageOnPort(port);
      if (last) this.settle(last.message as readonly AppendResult[]);
      this.breakDown(new Error('The writer of the log has stopped.'));
    });
  }

  static async open(file: string): Promise<SqliteEventStore> {
    refuseLost(file);
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    // A channel of its own is quicker than the worker's, which hands each message on once more.
    const { port1: port, port2 } = new MessageChannel();
    const bell = newBell();
    const writer = new Worker(new URL(`./append.worker.${extension}`, import.meta.url), {
      workerData: { file, port: port2, bell },
      transferList: [port2],
    });
    await new Promise((resolve, reject) => {
      writer.once('message', resolve);
      writer.once('error', (error) => reject(inWords(error as Fault, file)));
    });
    writer.removeAllListeners('error');
    let store: SqliteEventStore | undefined;
    try {
      store = new SqliteEventStore(file, writer, port, bell);
      // The last entry says how late it is: a wrong date there would spread to every entry behind it.
      await store.readAll(Math.max(0, store.head() - 1), 1);
      return store;
    } catch (error) {
      await (store?.close() ?? closed(writer, port, bell));
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
    await closed(this.writer, this.port, this.bell);
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
    const requests = this.inFlight.map(({ request }) => request);
    ring(this.bell, this.port, packed(requests));
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

function closed(writer: Worker, port: MessagePort, bell: Bell): Promise<unknown> {
  const ended = new Promise((resolve) => writer.once('exit', resolve));
  ring(bell, port, 'close');
  return ended;
}
