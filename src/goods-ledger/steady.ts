// goods ledger: several questions to one state of the books.
import type { DatabaseSync } from 'node:sqlite';

/** Runs `read` while nothing changes under it, also beside another process that writes. */
export function steady(db: DatabaseSync): <T>(read: () => T) => T {
  return (read) => {
    db.exec('SAVEPOINT steady');
    try {
      return read();
    } finally {
      db.exec('RELEASE steady');
    }
  };
}
