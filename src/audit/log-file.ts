// audit: the file of the log itself, where the log is a file.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EVENTS } from '../store/data-folder.js';
import { openLog } from '../store/log-file.js';
import { faultsOfFile } from '../store/whole-file.js';
import type { Views } from '../store/served-views.js';

const MOST = 100;

/** What does not fit together in the file of the log, which lies beside the views; none where the log is no file. */
export function brokenInFile(views: Pick<Views, 'db'>): string[] {
  const beside = views.db.location();
  const file = join(beside ? dirname(beside) : '', EVENTS);
  if (!beside || !existsSync(file)) return [];
  // The look through it follows, and shall list what it finds.
  const { db } = openLog(file, 'through');
  try {
    return faultsOfFile(db, MOST);
  } finally {
    db.close();
  }
}
