// goods ledger: streams by number, for every view whose rows say which stream they are of.
import type { DatabaseSync } from 'node:sqlite';
import { Codes } from './codes.js';

const ofDatabase = new WeakMap<DatabaseSync, Streams>();

export class Streams {
  static readonly tables = 'CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;';

  private readonly codes: Codes<'name', { readonly id: number }>;

  private constructor(db: DatabaseSync) {
    this.codes = new Codes(db, 'streams', ['name'], (id) => ({ id }));
  }

  /** Those of a database: the views in it share them, so that each stream is looked up and remembered once. */
  static of(db: DatabaseSync): Streams {
    const streams = ofDatabase.get(db) ?? new Streams(db);
    ofDatabase.set(db, streams);
    return streams;
  }

  /** The number of a stream, a new one for a new name. */
  number(name: string): number {
    return this.codes.of({ name }).id;
  }

  /** Rows may have been rolled back: whichever view hears of it says so. */
  forget(): void {
    this.codes.forget();
  }
}
