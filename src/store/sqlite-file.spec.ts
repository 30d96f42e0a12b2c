// store: files are opened with the flushes that were asked for, or not at all.
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { newFolder } from '../../test/contract/folder.js';
import { LogWriter } from './log-writer.js';
import { DURABLE, openForReading, openForWriting, REBUILDABLE } from './sqlite-file.js';

const pragma = (db: DatabaseSync, name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get()!)[0];

describe('a file opened for writing', () => {
  it.each([
    ['durably', DURABLE, 2],
    ['rebuildably', REBUILDABLE, 1],
  ] as const)('%s flushes so on the first and on every later opening', (_, level, expected) => {
    const file = join(newFolder(), 'some.db');
    for (const opening of ['first', 'second', 'third']) {
      const db = openForWriting(file, level);
      db.exec('CREATE TABLE IF NOT EXISTS some (n INTEGER) STRICT; INSERT INTO some VALUES (1);');
      expect([opening, pragma(db, 'synchronous'), pragma(db, 'journal_mode')]).toEqual([opening, expected, 'wal']);
      db.close();
    }
  });

  it('is refused where SQLite cannot keep a write-ahead log', () => {
    // A nameless database is a temporary file, which SQLite never journals so.
    expect(() => openForWriting('', DURABLE)).toThrow(/would not be safe/);
  });

  it('is the durable kind for the log', () => {
    const file = join(newFolder(), 'events.db');
    const writer = new LogWriter(file);
    const { db } = writer as unknown as { db: DatabaseSync };

    expect(pragma(db, 'synchronous')).toBe(2);
    writer.close();
  });
});

describe('a file opened for reading', () => {
  it('cannot be written to', () => {
    const file = join(newFolder(), 'some.db');
    const writer = openForWriting(file, DURABLE);
    writer.exec('CREATE TABLE some (n INTEGER) STRICT');
    const reader = openForReading(file);

    expect(() => reader.exec('INSERT INTO some VALUES (1)')).toThrow(/readonly/);
    reader.close();
    writer.close();
  });
});
