// store: one folder, one writing process.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DamagedLog } from './damaged-log.ts';
import { inWords, saidFor, type Fault } from './sqlite-faults.ts';

/** What a data folder holds: never lose events.db and attachments; views.db can be deleted at will. */
export const EVENTS = 'events.db';
export const VIEWS = 'views.db';
/** Views that are being built; an interrupted build goes on there. */
export const NEXT_VIEWS = 'views.next.db';
export const ATTACHMENTS = 'attachments';
const LOCK = 'lock.db';
const OWNER = 'lock.txt';

/** Another process writes to this folder. */
export class FolderInUse extends Error {}

export interface Lock {
  release(): void;
}

/** What SQLite says when another process holds the lock. */
const BUSY = 5;

/**
 * Makes the folder and claims it until the process ends; the system gives the claim back even after a kill.
 * Throws `FolderInUse`, naming the process that has it; `DiskFault` where the folder cannot be written.
 */
export function claim(folder: string): Lock {
  const db = saidFor(folder, () => {
    mkdirSync(folder, { recursive: true });
    return new DatabaseSync(join(folder, LOCK));
  });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
    writeFileSync(join(folder, OWNER), `process ${process.pid}, started ${new Date().toISOString()}`);
  } catch (error) {
    db.close();
    if ((error as Fault).errcode !== BUSY) throw inWords(error as Fault, folder);
    throw new FolderInUse(
      `The data folder ${folder} is in use by ${owner(folder)}. Stop it first, or choose another folder with --data.`,
    );
  }
  return { release: () => db.close() };
}

/** True when the folder holds a log. Throws `DamagedLog` when it held one, and the file is gone or empty. */
export function exists(folder: string): boolean {
  refuseLost(join(folder, EVENTS));
  return existsSync(join(folder, EVENTS));
}

/**
 * Throws `DamagedLog` when the file is gone or empty and something beside it says that it was not: an empty file would
 * be a new log to SQLite, which then also throws away the write-ahead file.
 */
export function refuseLost(file: string): void {
  if (existsSync(file) && statSync(file).size > 0) return;
  const trace = [VIEWS, `${basename(file)}-wal`, ATTACHMENTS].find((name) => existsSync(join(dirname(file), name)));
  if (!trace) return;
  const what = existsSync(file) ? 'empty' : 'gone';
  throw new DamagedLog(
    file,
    `it is ${what}, and ${trace} beside it says that there was a log (a new one needs an empty folder)`,
  );
}

function owner(folder: string): string {
  const file = join(folder, OWNER);
  return existsSync(file) ? readFileSync(file, 'utf8') : 'another process';
}
