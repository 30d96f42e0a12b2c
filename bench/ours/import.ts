// bench, ours: a logbook from its bytes to its last recorded row.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { streamsOf } from '../appends.ts';
import { openHouse } from '../history.ts';
import { logbookOf } from '../logbook.ts';
import { mustEqual, Totals } from '../totals.ts';
import type { Trial } from '../trial.ts';
import { EVENTS_A_STREAM, Workload } from '../workload.ts';
import { asking, countries } from './asking.ts';
import { toldBy } from './told.ts';

const IMPORT = new URL('./import.child.ts', import.meta.url);
const ROWS_A_STREAM = 14;

export const importLogbook: Trial = async ({ folder, seed, rows: wanted }) => {
  const streams = streamsOf(seed, Math.ceil(wanted / ROWS_A_STREAM) * EVENTS_A_STREAM);
  const { csv, rows } = logbookOf(streams);
  const file = join(folder, 'logbook.csv');
  writeFileSync(file, csv);
  const { took, stallMs } = await toldBy<{ took: number; stallMs: number }>(IMPORT, [folder, file, String(rows)]);
  const totals = new Totals();
  for (const { postings } of [...streams, ...new Workload(seed, 1).mentioned()]) totals.add(postings);
  const house = await openHouse(folder);
  mustEqual('The report', totals.entries(), await countries(await asking(house.app)));
  await house.close();
  return { perSecond: rows / took, stallMs };
};
