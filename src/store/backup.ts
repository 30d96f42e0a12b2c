// store: a whole copy of the log while it is being written.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { backup as copy } from 'node:sqlite';
import { EVENTS } from './data-folder.js';
import { openLog } from './log-file.js';

/** Copies the log of a folder into a new file. Throws when that file exists: a backup never replaces another. */
export async function backup(
  folder: string,
  file: string,
  onProgress?: (pages: number, total: number) => void,
): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} exists. Name a new file: a backup never replaces another one.`);
  const { db } = openLog(join(folder, EVENTS), 'not yet');
  try {
    await copy(db, file, {
      rate: 1_000,
      progress: ({ totalPages, remainingPages }) => onProgress?.(totalPages - remainingPages, totalPages),
    });
  } finally {
    db.close();
  }
}
