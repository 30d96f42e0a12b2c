// bench, preloaded: a disk whose flush takes longer. A durable commit is answered some milliseconds later.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { flushMs } from './slow-disk.ts';

/** Levels of `PRAGMA synchronous` at which a commit waits for the disk. */
const FULL = 2;
const COMMIT = /\b(COMMIT|END)\b/i;

const wait = new Int32Array(new SharedArrayBuffer(4));
const durable = new WeakMap<DatabaseSync, boolean>();

type Exec = (this: DatabaseSync, sql: string) => void;
type Prepare = (this: DatabaseSync, ...given: Parameters<DatabaseSync['prepare']>) => StatementSync;

const { exec, prepare } = DatabaseSync.prototype as { exec: Exec; prepare: Prepare };

function isDurable(db: DatabaseSync): boolean {
  const known = durable.get(db);
  if (known !== undefined) return known;
  const { synchronous } = prepare.call(db, 'PRAGMA synchronous').get() as { synchronous: number };
  const found = db.location() !== null && synchronous >= FULL;
  durable.set(db, found);
  return found;
}

/** The thread that commits stands still, as it does while a disk works. */
function flushed(db: DatabaseSync): void {
  if (isDurable(db)) Atomics.wait(wait, 0, 0, flushMs());
}

if (flushMs() > 0) {
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    exec.call(this, sql);
    if (COMMIT.test(sql)) flushed(this);
  };
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...given): StatementSync {
    const statement = prepare.apply(this, given);
    if (!COMMIT.test(given[0])) return statement;
    const run = statement.run.bind(statement);
    // Who commits gives no values.
    statement.run = () => {
      const result = run();
      flushed(this);
      return result;
    };
    return statement;
  };
}
