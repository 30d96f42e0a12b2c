// bench, ours: every view from the first event, and the log held against the views.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../../src/audit/verify.ts';
import type { Stores } from '../../src/store/stores.ts';
import * as built from '../built.ts';
import { houseOver, openHouse, readExpected } from '../history.ts';
import { longestStall } from '../stalls.ts';
import { mustBe } from '../totals.ts';
import { peakMiB, seconds, type Trial } from '../trial.ts';
import { demandTotals } from './reports.ts';

export const rebuild: Trial = async ({ history }) => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(history, `views.db${suffix}`), { force: true });
  const { openFor } = await built.appModule();
  let stores: Stores | undefined;
  let took = 0;
  const stallMs = await longestStall(async () => {
    took = await seconds(async () => {
      stores = await openFor({ kind: 'folder', folder: history, use: 'write' });
      await stores.rebuilding!.upToDate();
    });
  });
  const peak = peakMiB();
  const house = await houseOver(stores!);
  await demandTotals(house, history);
  await house.close();
  return { perSecond: readExpected(history).log / took, peakMiB: peak, stallMs };
};

export const verifying: Trial = async ({ history }) => {
  const { isClean } = await built.verify();
  const { threadOf } = await built.appModule();
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
