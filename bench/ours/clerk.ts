// bench, ours: read, fold, decide, append: commands through the clerk, with the views following in the same process.
import { randomUUID } from 'node:crypto';
import { percentiles, WRITERS } from '../appends.ts';
import * as built from '../built.ts';
import { openHouse } from '../history.ts';
import { seconds, type Figures, type Trial } from '../trial.ts';
import { deliveryOf } from '../workload.ts';
import { demandDelivered, openConsignments } from './consignments.ts';

const CONSIGNMENTS = 1_000;
const ACTOR = { actor: { id: 'u-17', role: 'logistician' }, channel: 'api' } as const;

export const oneCaller: Trial = async ({ folder, seed, commands }) => record(folder, seed, commands, 1);

export const manyCallers: Trial = async ({ folder, seed, commands }) => record(folder, seed, 4 * commands, WRITERS);

async function record(folder: string, seed: number, commands: number, callers: number): Promise<Figures> {
  const { Clerk } = await built.clerk();
  const { ordered, circumstances } = await built.circumstances();
  const house = await openHouse(folder);
  await openConsignments(house.stores, seed, CONSIGNMENTS);
  const clerk = house.app.get(Clerk);
  const latencies: number[] = [];
  let next = 0;
  const call = async () => {
    while (next < commands) {
      const nth = next++;
      const start = performance.now();
      const command = clerk.command('RecordDelivery', deliveryOf(nth % CONSIGNMENTS, nth));
      const order = { circumstances: circumstances({ ...ACTOR, commandId: randomUUID() }) };
      await clerk.record([ordered(command, order)]);
      latencies.push(performance.now() - start);
    }
  };
  const took = await seconds(() => Promise.all(Array.from({ length: callers }, call)));
  await demandDelivered(house.app, house.stores, commands);
  await house.close();
  return { perSecond: commands / took, ...percentiles(latencies) };
}
