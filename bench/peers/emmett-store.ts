// bench, peers: Emmett's SQLite store the way it takes many writers: one connection for all, and a queue before it.
import { getSQLiteEventStore, sqliteConnection, type SQLiteConnection } from '@event-driven-io/emmett-sqlite';
import sqlite3, { type Done } from 'sqlite3';
import { Worker } from 'node:worker_threads';
import type { Proposed } from '../../src/kernel/recorded.ts';
import { flushMs } from '../slow-disk.ts';
import { mustBe } from '../totals.ts';

/** As `PRAGMA synchronous` says it: every commit is on the disk before it is answered. */
const FULL = 2;

export type Emmett = Awaited<ReturnType<typeof openEmmett>>;

export async function openEmmett(file: string) {
  const slow = flushMs() > 0 ? slowCommits(flushMs()) : undefined;
  const connection = sqliteConnection({ fileName: file });
  const store = getSQLiteEventStore({ fileName: file, connectionOptions: { singleton: true, connection } });
  await store.schema.migrate();
  const durability = await connection.querySingle<{ synchronous: number }>('PRAGMA synchronous');
  mustBe("Emmett's PRAGMA synchronous", FULL, durability!.synchronous);
  // Transactions that overlap on one connection would become one; hence one append after the other.
  const inTurn = turns();
  const queued: typeof store = {
    ...store,
    appendToStream: (...append) => inTurn(() => store.appendToStream(...append)),
  };
  const close = async () => {
    connection.close();
    await slow?.terminate();
  };
  return { store: queued, connection, count: () => countIn(connection), close };
}

/** As its users write events: what the message carries itself is left to it. */
export function toldToEmmett({ type, data, id, schema: _schema, ...rest }: Proposed) {
  const { correlationId: _same, causationId: _too, ...metadata } = rest;
  return { type, data, metadata: { ...metadata, messageId: id } };
}

/** Work after work, each when the one before has ended, well or not. */
export function turns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

async function countIn(connection: SQLiteConnection): Promise<number> {
  return (await connection.querySingle<{ count: number }>('SELECT count(*) AS count FROM emt_messages'))!.count;
}

/** Its commits are made in a thread of the driver; so the slow flush is waited for in a thread too. */
function slowCommits(milliseconds: number): Worker {
  const waiter = new Worker(new URL('./wait.worker.ts', import.meta.url), { workerData: milliseconds });
  const { run } = sqlite3.Database.prototype as { run: (...given: unknown[]) => unknown };
  const slow = (db: unknown, sql: string, done: Done) =>
    run.call(db, sql, function (this: unknown, error: Error | null) {
      waiter.once('message', () => done.call(this, error));
      waiter.postMessage('flush');
    });
  Reflect.set(sqlite3.Database.prototype, 'run', function (this: unknown, ...given: [string, ...unknown[]]) {
    return given[0] === 'COMMIT' ? slow(this, given[0], given.at(-1) as Done) : run.apply(this, given);
  });
  return waiter;
}
