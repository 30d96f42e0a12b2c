// bench, ours: how far the views fall behind while 200 writers append as fast as they can.
import { closedLoop, singles, streamsOf, WRITERS } from '../appends.ts';
import { appendStreams, openHouse } from '../history.ts';
import type { Proposed } from '../../src/kernel/recorded.ts';
import { mustBe, mustEqual, Totals } from '../totals.ts';
import type { Trial } from '../trial.ts';
import { Workload } from '../workload.ts';
import { asking, countries } from './asking.ts';

const LOOK_MS = 20;
const LOOK_APPENDS = 50;

export const lag: Trial = async ({ folder, seed, concurrent }) => {
  const house = await openHouse(folder);
  const { log, projector } = house.stores;
  const mentioned = new Workload(seed, 1).mentioned();
  await appendStreams(log, mentioned);
  await projector.catchUp();
  const before = projector.checkpoint.events;
  const streams = streamsOf(seed, concurrent);
  /** When each append was answered, in order. */
  const answered: number[] = [];
  let [behind, milliseconds] = [0, 0];
  const look = () => {
    const shown = projector.checkpoint.events - before;
    behind = Math.max(behind, answered.length - shown);
    const oldest = answered[shown];
    if (oldest !== undefined) milliseconds = Math.max(milliseconds, performance.now() - oldest);
  };
  const looking = setInterval(look, LOOK_MS);
  const append = async (stream: string, expected: number, events: readonly Proposed[]) => {
    await log.append(stream, expected, events);
    if (answered.push(performance.now()) % LOOK_APPENDS === 0) look();
  };
  const { perSecond } = await closedLoop(WRITERS, singles(streams), append);
  await projector.catchUp();
  milliseconds = Math.max(milliseconds, performance.now() - answered.at(-1)!);
  clearInterval(looking);
  const totals = new Totals();
  for (const { postings } of [...mentioned, ...streams]) totals.add(postings);
  mustBe('Number of events in the views', before + answered.length, projector.checkpoint.events);
  mustEqual('The report', totals.entries(), await countries(await asking(house.app)));
  await house.close();
  return { perSecond: perSecond!, behind, milliseconds };
};
