// store: rows in the order of their keys, with everything that belongs to their table.
import { DatabaseSync } from 'node:sqlite';
import { cluster } from './clustering.js';

/** Days that came in no order, ten rows a page of SQLite. */
function strewn(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE TABLE days (place TEXT NOT NULL, day INTEGER NOT NULL, notes BLOB NOT NULL, PRIMARY KEY (place, day)) STRICT;
    CREATE INDEX days_by_day ON days (day, place)`);
  const insert = db.prepare('INSERT INTO days VALUES (?, ?, zeroblob(400))');
  for (let nth = 0; nth < 100; nth++) insert.run(`HUB-${nth % 3}`, (nth * 37) % 100);
  return db;
}

const namesIn = (db: DatabaseSync) =>
  db
    .prepare('SELECT name FROM sqlite_master ORDER BY name')
    .all()
    .map(({ name }) => name);
const rows = (db: DatabaseSync, order: string) => db.prepare(`SELECT place, day FROM days ORDER BY ${order}`).all();

describe('a clustered table', () => {
  it('has its rows in the order of its primary key, and the same ones', () => {
    const db = strewn();
    const before = rows(db, 'place, day');
    expect(rows(db, 'rowid')).not.toEqual(before);
    cluster(db, 'days');
    expect(rows(db, 'rowid')).toEqual(before);
  });

  it('keeps its indices and leaves nothing else behind', () => {
    const db = strewn();
    const before = namesIn(db);
    cluster(db, 'days');
    expect(namesIn(db)).toEqual(before);
    expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(() => db.exec(`INSERT INTO days VALUES ('HUB-0', 0, x'')`)).toThrow('UNIQUE');
  });

  it('answers statements that were prepared before', () => {
    const db = strewn();
    const count = db.prepare('SELECT count(*) AS n FROM days INDEXED BY days_by_day WHERE day < 50');
    cluster(db, 'days');
    expect(count.get()).toEqual({ n: 50 });
  });

  it('is as it was when the disk does not take it', () => {
    const db = strewn();
    const before = rows(db, 'rowid');
    const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number };
    db.exec(`PRAGMA max_page_count = ${pages + 2}`);
    expect(() => cluster(db, 'days')).toThrow('full');
    if (db.isTransaction) db.exec('ROLLBACK');
    expect(rows(db, 'rowid')).toEqual(before);
  });
});
