// store: what a file of views says of itself: which log it is made of, by which views, and how far.
import type { DatabaseSync } from 'node:sqlite';
import type { ViewClass } from '../kernel/view.js';

export type AnyViewClass = ViewClass<DatabaseSync>;

/** The log that views are made of, as it is when they are opened. */
export interface Viewed {
  identity(): string;
  /** Position of the last entry. */
  head(): number;
}

/** As the file says it. */
export interface ViewsState {
  readonly layout: string;
  readonly log: string;
  readonly position: number;
}

const STATE = `
  CREATE TABLE views (layout TEXT NOT NULL, log TEXT NOT NULL, position INTEGER NOT NULL, events INTEGER NOT NULL) STRICT;
`;

/** The log ends before what the views have seen of it: entries were lost, or an older log was put in its place. */
export class Lost extends Error {}

/** Throws for views of another log, and `Lost` for a log that they are ahead of. */
export function refuseForeign(file: string, found: ViewsState, log: Viewed): void {
  if (found.log !== log.identity()) {
    throw new Error(`${file} holds the views of another log. Move it away or run "relief rebuild".`);
  }
  if (found.position <= log.head()) return;
  throw new Lost(
    `The log ends at position ${log.head()}, but its reports had seen position ${found.position}: entries are missing. ` +
      'Stop, and look for the log that has them: a newer copy, or the files beside it that were left behind. ' +
      'If you put an older log in its place on purpose, run "relief rebuild".',
  );
}

/** Makes the tables of views, empty. */
export function create(db: DatabaseSync, identity: string, classes: readonly AnyViewClass[]): void {
  db.exec(`BEGIN; ${STATE} ${classes.map(({ tables }) => tables).join('\n')}`);
  db.prepare('INSERT INTO views VALUES (?, ?, 0, 0)').run(layoutOf(classes), identity);
  db.exec('COMMIT');
}

/** The names and versions of views, as a file keeps them. */
export function layoutOf(classes: readonly AnyViewClass[]): string {
  return classes.map(({ name, version }) => `${name} ${version}`).join(', ');
}

/** Undefined for a file without views. */
export function stateOf(db: DatabaseSync): ViewsState | undefined {
  const exists = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'views'`).get();
  return exists && (db.prepare('SELECT layout, log, position FROM views').get() as ViewsState | undefined);
}
