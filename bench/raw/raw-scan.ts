// bench, by hand: the log from its first event, parsed and folded into totals; and the same into one table.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readExpected, type DeliveredLine } from '../history.ts';
import { mustBe } from '../totals.ts';
import { peakMiB, seconds, type Trial } from '../trial.ts';

const PAGE = 1_000;

interface Delivery {
  readonly country: string;
  readonly lines: readonly DeliveredLine[];
}

export const foldInMemory: Trial = async ({ history }) => {
  const totals = new Map<string, number>();
  const { perSecond, events } = await scan(history, ({ country, lines }) => {
    for (const { item, accepted } of lines) {
      const key = `${country} ${item}`;
      totals.set(key, (totals.get(key) ?? 0) + accepted);
    }
  });
  const { log, delivered } = readExpected(history);
  mustBe('Number of events', log, events);
  mustBe(
    'Delivered in memory',
    delivered,
    [...totals.values()].reduce((sum, quantity) => sum + quantity, 0),
  );
  return { perSecond, peakMiB: peakMiB() };
};

export const foldIntoTable: Trial = async ({ history, folder }) => {
  const db = new DatabaseSync(join(folder, 'totals.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec('CREATE TABLE totals (country TEXT, item TEXT, quantity INTEGER, PRIMARY KEY (country, item)) WITHOUT ROWID');
  const add = db.prepare(
    'INSERT INTO totals VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity',
  );
  const onPage = (page: () => void) => {
    db.exec('BEGIN');
    page();
    db.exec('COMMIT');
  };
  const { perSecond, events } = await scan(
    history,
    ({ country, lines }) => {
      for (const { item, accepted } of lines) add.run(country, item, accepted);
    },
    onPage,
  );
  const { log, delivered } = readExpected(history);
  mustBe('Number of events', log, events);
  mustBe(
    'Delivered in the table',
    delivered,
    Number(db.prepare('SELECT sum(quantity) AS sum FROM totals').get()!['sum']),
  );
  db.close();
  return { perSecond, peakMiB: peakMiB() };
};

/** Every event's data is parsed; deliveries are handed over. */
async function scan(history: string, deliver: (delivery: Delivery) => void, onPage = (page: () => void) => page()) {
  const db = new DatabaseSync(join(history, 'events.db'), { readOnly: true });
  const read = db.prepare('SELECT position, type, data FROM events WHERE position > ? ORDER BY position LIMIT ?');
  read.setReturnArrays(true);
  let events = 0;
  const took = await seconds(() => {
    let after = 0;
    for (;;) {
      const rows = read.all(after, PAGE) as unknown as [number, string, string][];
      if (rows.length === 0) return;
      onPage(() => {
        for (const [, type, data] of rows) {
          const parsed = JSON.parse(data) as Delivery;
          if (type === 'GoodsDelivered') deliver(parsed);
        }
      });
      events += rows.length;
      after = rows.at(-1)![0];
    }
  });
  db.close();
  return { perSecond: events / took, events };
}
