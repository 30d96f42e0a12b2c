// store: folds write-ahead files into their databases, in a thread that nobody waits for who asks or records.
import { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';

parentPort!.on('message', (url: string) => {
  try {
    fold(url);
  } catch {
    // What the disk does not take stays in the write-ahead file, and the next commit says why.
  }
  parentPort!.postMessage('folded');
});

/** Closes the file at once: whoever puts another one in its place finds nobody at it. */
function fold(url: string): void {
  const db = new DatabaseSync(new URL(url));
  try {
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } finally {
    db.close();
  }
}
