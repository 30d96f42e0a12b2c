// store: write-ahead files that are folded beside whoever writes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { newFolder } from '../../test/contract/folder.js';
import { Folding } from './folding.js';
import { openForReading, openForWriting, REBUILDABLE } from './sqlite-file.js';

const folder = newFolder();
const folding = new Folding();
afterAll(() => folding.close());

/** Pages in the write-ahead file, and those of them that are in the file itself. */
function ahead(db: DatabaseSync) {
  const { log, checkpointed } = db.prepare('PRAGMA wal_checkpoint(NOOP)').get() as Record<string, number>;
  return { log, checkpointed };
}

function written(name: string): { file: string; db: DatabaseSync; write: () => void } {
  const file = join(folder, name);
  const db = openForWriting(file, REBUILDABLE);
  db.exec('PRAGMA wal_autocheckpoint = 0; CREATE TABLE things (thing TEXT) STRICT');
  const write = () => db.exec(`INSERT INTO things VALUES ('${'x'.repeat(20_000)}')`);
  write();
  return { file, db, write };
}

describe('a write-ahead file', () => {
  it('is folded in another thread, and begun again by the next commit', async () => {
    const { file, db, write } = written('begun-again.db');
    const { log } = ahead(db);
    expect(ahead(db)).toEqual({ log, checkpointed: 0 });
    await folding.fold(file);
    expect(ahead(db)).toEqual({ log, checkpointed: log });
    write();
    expect(ahead(db)).toEqual({ log: expect.any(Number) as number, checkpointed: 0 });
    expect(ahead(db).log).toBeLessThanOrEqual(log!);
    db.close();
  });

  it('keeps what somebody still reads', async () => {
    const { file, db, write } = written('read.db');
    const reader = openForReading(file);
    reader.exec('BEGIN; SELECT count(*) FROM things');
    const before = ahead(db).log;
    write();
    await folding.fold(file);
    expect(ahead(db).checkpointed).toBe(before);
    expect(reader.prepare('SELECT count(*) AS things FROM things').get()).toEqual({ things: 1 });
    reader.close();
    await folding.fold(file);
    expect(ahead(db).checkpointed).toBe(ahead(db).log);
    db.close();
  });

  it('is folded by another thread when one has died', async () => {
    const { file, db, write } = written('died.db');
    const folded = folding.fold(file);
    const { worker } = folding as unknown as { worker: Worker };
    worker.emit('error', new Error('No memory is left.'));
    await folded;
    await worker.terminate();
    write();
    await folding.fold(file);
    expect(ahead(db).checkpointed).toBe(ahead(db).log);
    db.close();
  });

  it('is left to its writer where it cannot be folded', async () => {
    const file = join(folder, 'absent.db');
    await folding.fold(file);
    expect(existsSync(file)).toBe(false);
    const { db, file: other } = written('later.db');
    await folding.fold(other);
    expect(ahead(db).checkpointed).toBe(ahead(db).log);
    db.close();
  });
});
