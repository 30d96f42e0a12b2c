// The slow disk of the bench: which commits wait.
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onSlowDisk } from '../../bench/slow-disk.ts';
import { openForWriting } from '../../src/store/sqlite-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'relief-flush-'));
const own = Object.getOwnPropertyDescriptors(DatabaseSync.prototype);
const env = { ...process.env };
const wait = jest.spyOn(Atomics, 'wait');

beforeAll(async () => {
  Object.assign(process.env, onSlowDisk(1).env);
  await import('../../bench/flush.ts');
});

afterEach(() => {
  wait.mockClear();
});

afterAll(() => {
  Object.defineProperties(DatabaseSync.prototype, own);
  process.env = env;
  rmSync(folder, { recursive: true, force: true });
});

function writeIn(db: DatabaseSync, commit: (db: DatabaseSync) => unknown = () => db.exec('COMMIT')): void {
  db.exec('BEGIN IMMEDIATE');
  db.exec('CREATE TABLE things (name TEXT)');
  commit(db);
  db.close();
}

describe('on the slow disk', () => {
  it('a commit that must be on the disk waits once', () => {
    writeIn(openForWriting(join(folder, 'log.db'), 'FULL'));
    expect(wait.mock.calls.map(([, , , milliseconds]) => milliseconds)).toEqual([1]);
  });

  it('a prepared commit waits too', () => {
    writeIn(openForWriting(join(folder, 'prepared.db'), 'FULL'), (db) => db.prepare('COMMIT').run());
    expect(wait).toHaveBeenCalledTimes(1);
  });

  it('a commit of a file that can be rebuilt does not wait, nor one in memory', () => {
    writeIn(openForWriting(join(folder, 'views.db'), 'NORMAL'));
    writeIn(new DatabaseSync(':memory:'));
    expect(wait).not.toHaveBeenCalled();
  });
});
