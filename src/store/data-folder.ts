// store: one folder, one writing process.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Files of a data folder: never lose events.db; views.db can be deleted at will. */
export const EVENTS = 'events.db';
export const VIEWS = 'views.db';
/** Views that are being built; an interrupted build goes on there. */
export const NEXT_VIEWS = 'views.next.db';
const LOCK = 'lock.db';
const OWNER = 'lock.txt';

/** Another process writes to this folder. */
export class FolderInUse extends Error {}

export interface Lock {
  release(): void;
}

/**
 * Makes the folder and claims it until the process ends; the system gives the claim back even after a kill.
 * Throws `FolderInUse`, naming the process that has it.
 */
export function claim(folder: string): Lock {
  mkdirSync(folder, { recursive: true });
  const db = new DatabaseSync(join(folder, LOCK));
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch {
    db.close();
    throw new FolderInUse(
      `The data folder ${folder} is in use by ${owner(folder)}. Stop it first, or choose another folder with --data.`,
    );
  }
  writeFileSync(join(folder, OWNER), `process ${process.pid}, started ${new Date().toISOString()}`);
  return { release: () => db.close() };
}

export function exists(folder: string): boolean {
  return existsSync(join(folder, EVENTS));
}

function owner(folder: string): string {
  const file = join(folder, OWNER);
  return existsSync(file) ? readFileSync(file, 'utf8') : 'another process';
}
