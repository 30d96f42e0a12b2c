// bench, ours: consignments to deliver from, and the proof that every delivery was recorded once.
import type { INestApplicationContext } from '@nestjs/common';
import type { Stores } from '../../src/store/stores.ts';
import { STREAMS_A_TRANSACTION } from '../appends.ts';
import { appendStreams } from '../history.ts';
import { mustBe } from '../totals.ts';
import { PIECES_A_DELIVERY, Workload } from '../workload.ts';
import { asking, countries } from './asking.ts';

export async function openConsignments({ log, projector }: Stores, seed: number, count: number): Promise<void> {
  const workload = new Workload(seed, count);
  await appendStreams(log, workload.mentioned());
  for (let from = 0; from < count; from += STREAMS_A_TRANSACTION) {
    const length = Math.min(STREAMS_A_TRANSACTION, count - from);
    await appendStreams(
      log,
      Array.from({ length }, (_, index) => workload.open(from + index)),
    );
  }
  await projector.catchUp();
}

/** Throws when the report does not hold exactly the pieces of so many deliveries. */
export async function demandDelivered(app: INestApplicationContext, stores: Stores, deliveries: number): Promise<void> {
  mustBe('Delivered in the report', deliveries * PIECES_A_DELIVERY, await delivered(app, stores));
}

/** Pieces delivered, all countries together. */
export async function delivered(app: INestApplicationContext, { projector }: Stores): Promise<number> {
  await projector.catchUp();
  const cells = await countries(await asking(app));
  return cells.filter(({ bucket }) => bucket.startsWith('delivered')).reduce((sum, { quantity }) => sum + quantity, 0);
}
