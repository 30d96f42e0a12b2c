// bench, peers: whole streams appended through Emmett, then projected into one table by its consumer.
import { sqliteProjection } from '@event-driven-io/emmett-sqlite';
import { join } from 'node:path';
import { streamsOf } from '../appends.ts';
import { bytesAnEvent } from '../disk.ts';
import type { DeliveredLine } from '../history.ts';
import type { Stream } from '../story.ts';
import { mustBe } from '../totals.ts';
import { seconds, type Trial } from '../trial.ts';
import { append } from './emmett-appends.ts';
import { openEmmett, type Emmett } from './emmett-store.ts';

/** Its defaults are 100 events and a pause of 50 ms between two batches, three times slower. */
const PULLING = { batchSize: 1_000, pullingFrequencyInMs: 0 };
const TABLE =
  'CREATE TABLE totals (country TEXT, item TEXT, quantity INTEGER, PRIMARY KEY (country, item)) WITHOUT ROWID';
const ADD = 'INSERT INTO totals VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity';

interface Delivery {
  readonly country: string;
  readonly lines: readonly DeliveredLine[];
}

export const bulkAndProjection: Trial = async ({ folder, seed, peers }) => {
  const file = join(folder, 'emmett.db');
  const emmett = await openEmmett(file);
  const streams = streamsOf(seed, peers);
  const took = await seconds(async () => {
    for (const { stream, events } of streams) await append(emmett, stream, -1, events);
  });
  const count = await emmett.count();
  mustBe('Number of events', peers, count);
  const projecting = await seconds(() => project(emmett, BigInt(count)));
  const { sum } = (await emmett.connection.querySingle<{ sum: number }>('SELECT sum(quantity) AS sum FROM totals'))!;
  mustBe('Delivered in the table', deliveredIn(streams), sum);
  await emmett.connection.command('PRAGMA wal_checkpoint(TRUNCATE)');
  await emmett.close();
  return {
    ...{ bulkPerSecond: peers / took, projectedPerSecond: count / projecting },
    bytesAnEvent: bytesAnEvent(file, 'emt_messages'),
  };
};

/** The same upserts as the limit's, until the event at `last` is in the table. */
async function project({ store, connection }: Emmett, last: bigint): Promise<void> {
  await connection.command(TABLE);
  const consumer = store.consumer({ pulling: PULLING });
  const projection = sqliteProjection({
    name: 'delivered',
    canHandle: ['GoodsDelivered'],
    handle: async (events, context) => {
      for (const { data } of events) {
        const { country, lines } = data as Delivery;
        for (const { item, accepted } of lines) await context.connection.command(ADD, [country, item, accepted]);
      }
    },
  });
  consumer.processor({
    ...{ projection, startFrom: 'BEGINNING' },
    stopAfter: ({ metadata }) => metadata.globalPosition >= last,
  });
  await consumer.start();
}

function deliveredIn(streams: readonly Stream[]): number {
  const deliveries = streams.flatMap(({ events }) => events).filter(({ type }) => type === 'GoodsDelivered');
  const lines = deliveries.flatMap(({ data }) => (data as Delivery).lines);
  return lines.reduce((sum, { accepted }) => sum + accepted, 0);
}
