// store: a whole copy of the log while it is being written.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup as copy } from 'node:sqlite';
import { EVENTS } from './data-folder.js';
import { openLog } from './log-file.js';
import { inWords, type Fault } from './sqlite-faults.js';

/**
 * Copies the log of a folder into a new file, which gets its name when it is whole: until then it ends in `.part`.
 * Throws when the file exists: a backup never replaces another.
 */
export async function backup(
  folder: string,
  file: string,
  onProgress?: (pages: number, total: number) => void,
): Promise<void> {
  const part = `${file}.part`;
  if (existsSync(file)) throw new Error(`${file} exists. Name a new file: a backup never replaces another one.`);
  const { db } = openLog(join(folder, EVENTS), 'not yet');
  try {
    // What a backup that was killed left behind.
    rmSync(part, { force: true });
    await copy(db, part, {
      rate: 1_000,
      progress: ({ totalPages, remainingPages }) => onProgress?.(totalPages - remainingPages, totalPages),
    });
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw inWords(error as Fault, file);
  } finally {
    db.close();
  }
}
