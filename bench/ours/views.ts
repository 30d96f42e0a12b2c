// bench, ours: every view from the first event, and the log held against the views.
import type { Verdict } from '../../src/audit/verify.ts';
import * as built from '../built.ts';
import { openHouse, readExpected, removeViews } from '../history.ts';
import { longestStall } from '../stalls.ts';
import { mustBe } from '../totals.ts';
import { seconds, type Trial } from '../trial.ts';
import { demandTotals } from './reports.ts';
import { toldBy } from './told.ts';

const REBUILD = new URL('./rebuild.child.ts', import.meta.url);

export const rebuild: Trial = async ({ history }) => {
  removeViews(history);
  const told = await toldBy<{ took: number; peakMiB: number; stallMs: number }>(REBUILD, [history]);
  const house = await openHouse(history);
  await demandTotals(house, history);
  await house.close();
  return { perSecond: readExpected(history).log / told.took, peakMiB: told.peakMiB, stallMs: told.stallMs };
};

export const verifying: Trial = async ({ history }) => {
  const { isClean } = await built.verify();
  const { threadOf } = await built.openFor();
  const { inThread } = await built.inThread();
  const house = await openHouse(history);
  let took = 0;
  const stallMs = await longestStall(async () => {
    took = await seconds(async () => {
      const order = { folder: history, nodes: [] };
      const verdict = await inThread<Verdict>(threadOf('verify'), order, () => undefined);
      if (!isClean(verdict)) throw new Error(`The books are not in order: ${JSON.stringify(verdict.findings)}`);
      mustBe('Number of verified events', readExpected(history).log, verdict.events);
    });
  });
  await house.close();
  return { perSecond: readExpected(history).log / took, stallMs };
};
