// store: everything that is wrong in the file of a log, for whoever has to decide what to restore.
import type { DatabaseSync } from 'node:sqlite';
import { DamagedLog } from './damaged-log.js';
import { entryOf, type EntryRow } from './entry-row.js';
import { refuseLost } from './data-folder.js';
import { layoutIn } from './log-layout.js';
import { openForReading } from './sqlite-file.js';
import { saidFor } from './sqlite-faults.js';
import { faultsOfFile } from './whole-file.js';

const MOST = 100;

/** How many entries can be read, and up to 100 faults of each kind: of the file, and of its entries one by one. */
export function faultsOfLog(file: string): { readonly read: number; readonly faults: readonly string[] } {
  const faults: string[] = [];
  let read = 0;
  const noted = (look: () => void) => {
    try {
      saidFor(file, look);
    } catch (error) {
      faults.push(error instanceof DamagedLog ? error.fault : (error as Error).message);
    }
  };
  noted(() => {
    refuseLost(file);
    const db = openForReading(file);
    try {
      noted(() => faults.push(...faultsOfFile(db, MOST)));
      noted(() => (read = entriesOf(db, file, (fault) => faults.length < 2 * MOST && faults.push(fault))));
    } finally {
      db.close();
    }
  });
  return { read, faults };
}

function entriesOf(db: DatabaseSync, file: string, note: (fault: string) => void): number {
  const layout = layoutIn(db);
  const statement = db.prepare(`${layout.entries} ORDER BY position`);
  statement.setReturnArrays(true);
  let last = 0;
  let read = 0;
  for (const row of statement.iterate() as Iterable<unknown> as Iterable<EntryRow>) {
    const [position] = row;
    if (position !== last + 1) note(`the entry at position ${last + 1} is missing`);
    last = position;
    try {
      entryOf(row, file, layout);
      read++;
    } catch (error) {
      note(error instanceof DamagedLog ? error.fault : String(error));
    }
  }
  return read;
}
