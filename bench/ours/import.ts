// bench, ours: a logbook from its bytes to its last recorded row.
import { streamsOf } from '../appends.ts';
import * as built from '../built.ts';
import { openHouse } from '../history.ts';
import { logbookOf } from '../logbook.ts';
import { longestStall } from '../stalls.ts';
import { mustBe, mustEqual, Totals } from '../totals.ts';
import { seconds, type Trial } from '../trial.ts';
import { EVENTS_A_STREAM, Workload } from '../workload.ts';
import { asking, countries } from './asking.ts';

const ROWS_A_STREAM = 14;
const ACTOR = { id: 'u-17', role: 'logistician' };

export const importLogbook: Trial = async ({ folder, seed, rows: wanted }) => {
  const streams = streamsOf(seed, Math.ceil(wanted / ROWS_A_STREAM) * EVENTS_A_STREAM);
  const { csv, rows } = logbookOf(streams);
  const { importSource } = await built.importing();
  const { readLogbook } = await built.logbook();
  const house = await openHouse(folder);
  let took = 0;
  const stallMs = await longestStall(async () => {
    took = await seconds(async () => {
      const result = await importSource(house.app, await readLogbook(csv), ACTOR);
      mustBe('Number of accepted rows', rows, result.accepted);
    });
  });
  await house.stores.projector.catchUp();
  const totals = new Totals();
  for (const { postings } of [...streams, ...new Workload(seed, 1).mentioned()]) totals.add(postings);
  mustEqual('The report', totals.entries(), await countries(await asking(house.app)));
  await house.close();
  return { perSecond: rows / took, stallMs };
};
