// goods ledger: a stream has one number in a database, whoever asks.
import { DatabaseSync } from 'node:sqlite';
import { Streams } from './streams.js';

function database(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec(Streams.tables);
  return db;
}

describe('a stream', () => {
  it('has the same number for every view of a database', () => {
    const db = database();
    const [first, other] = [Streams.of(db).number('hub-BELGG'), Streams.of(db).number('lot-MASK-L1')];
    expect(other).not.toBe(first);
    expect(Streams.of(db).number('hub-BELGG')).toBe(first);
    db.close();
  });

  it('keeps its number when all that was remembered is forgotten', () => {
    const db = database();
    const number = Streams.of(db).number('hub-BELGG');
    Streams.of(db).forget();
    expect(Streams.of(db).number('hub-BELGG')).toBe(number);
    db.close();
  });

  it('is numbered again after its row was rolled back', () => {
    const db = database();
    db.exec('BEGIN');
    Streams.of(db).number('hub-BELGG');
    db.exec('ROLLBACK');
    Streams.of(db).forget();
    const number = Streams.of(db).number('hub-BELGG');
    expect(
      db
        .prepare('SELECT id, name FROM streams')
        .all()
        .map((row) => ({ ...row })),
    ).toEqual([{ id: number, name: 'hub-BELGG' }]);
    db.close();
  });

  it('has a number in each database of its own', () => {
    const [one, two] = [database(), database()];
    Streams.of(one).number('hub-BELGG');
    Streams.of(two).number('lot-MASK-L1');
    expect(
      two
        .prepare('SELECT name FROM streams')
        .all()
        .map(({ name }) => name),
    ).toEqual(['lot-MASK-L1']);
    one.close();
    two.close();
  });
});
