// bench, by hand: the rows that the views come to, written into an empty file in their best order, and nothing else.
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { buildViews, readExpected } from '../history.ts';
import { seconds, type Trial } from '../trial.ts';

/** Of larger logs, so large a part of every table is written. */
const EVENTS = 100_000;
const ROWS_A_TRANSACTION = 20_000;

interface Made {
  readonly type: 'table' | 'index';
  readonly name: string;
  readonly sql: string;
}

/** One thread, a statement for each row, and SQLite's own settings; no log is read, nothing is parsed, decided or looked up. */
export const rowsOfAllViews: Trial = async ({ history, folder }) => {
  await buildViews(history);
  const views = new DatabaseSync(join(history, 'views.db'), { readOnly: true });
  const share = Math.min(1, EVENTS / readExpected(history).log);
  const db = new DatabaseSync(join(folder, 'rows.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  const made = all<Made>(
    views,
    "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
  );
  const of = (type: Made['type']) => made.filter((each) => each.type === type);
  for (const { sql } of of('table')) db.exec(sql);
  let took = 0;
  for (const { name } of of('table')) took += await copied(views, db, name, share);
  took += await seconds(async () => {
    for (const { sql } of of('index')) db.exec(sql);
  });
  db.close();
  views.close();
  return { perSecond: (share * readExpected(history).log) / took };
};

/** How many seconds it took to write them; reading them is not counted. */
async function copied(from: DatabaseSync, to: DatabaseSync, table: string, share: number): Promise<number> {
  const columns = all<{ name: string }>(from, `PRAGMA table_info(${table})`).map(({ name }) => name);
  const [{ rows }] = all<{ rows: number }>(from, `SELECT count(*) AS rows FROM ${table}`) as [{ rows: number }];
  const select = from.prepare(`SELECT ${columns.join()} FROM ${table} LIMIT ?`);
  select.setReturnArrays(true);
  const insert = to.prepare(`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`);
  let took = 0;
  let page: SQLInputValue[][] = [];
  const write = async () => {
    took += await seconds(async () => {
      to.exec('BEGIN');
      for (const row of page) insert.run(...row);
      to.exec('COMMIT');
    });
    page = [];
  };
  for (const row of select.iterate(Math.ceil(share * rows)) as unknown as Iterable<SQLInputValue[]>) {
    if (page.push(row) === ROWS_A_TRANSACTION) await write();
  }
  await write();
  return took;
}

function all<Row>(db: DatabaseSync, sql: string): Row[] {
  return db.prepare(sql).all() as unknown as Row[];
}
