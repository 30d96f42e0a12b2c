// bench, ours: every view from the first event, and what the reports cost then.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Sources } from '../../src/nest/report.definition.ts';
import type { Stores } from '../../src/store/stores.ts';
import { percentiles } from '../appends.ts';
import * as built from '../built.ts';
import { readExpected } from '../history.ts';
import { mustBe, mustEqual } from '../totals.ts';
import { peakMiB, seconds, type Trial } from '../trial.ts';
import { DAYS, FIRST_DAY } from '../workload.ts';

const WARM_UPS = 20;
const CALLS = 200;
/** A slow report is called less often, so that the bench ends. */
const CALLING_MS = 4_000;
const DAY = 86_400_000;

export const rebuild: Trial = async ({ history }) => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(history, `views.db${suffix}`), { force: true });
  const { openFor } = await built.appModule();
  let stores: Stores | undefined;
  const took = await seconds(async () => {
    stores = await openFor({ kind: 'folder', folder: history, use: 'write' });
    await stores.projector.catchUp();
  });
  const peak = peakMiB();
  await demandTotals(stores!, history);
  await stores!.close();
  return { perSecond: readExpected(history).log / took, peakMiB: peak };
};

export const reports: Trial = async ({ history }) => {
  const { openFor } = await built.appModule();
  const { countriesReport } = await built.countriesReport();
  const { GoodsLedgerView } = await built.goodsLedgerView();
  const { CatalogueView } = await built.catalogueView();
  const stores = await openFor({ kind: 'folder', folder: history, use: 'read' });
  await demandTotals(stores, history);
  const [ledger, catalogue] = [stores.views.view(GoodsLedgerView), stores.views.view(CatalogueView)];
  const sources = { ledger, catalogue, checkpoint: stores.projector.checkpoint } as Sources;
  const ask = (query: object) => JSON.stringify(countriesReport.ask(query, sources));
  const now = latencies(() => ask({}));
  const asOf = latencies((nth) => ask(dates(nth)));
  await stores.close();
  return { now: now.p50, nowP99: now.p99, asOf: asOf.p50, asOfP99: asOf.p99 };
};

async function demandTotals({ views, projector }: Stores, history: string): Promise<void> {
  const { GoodsLedgerView } = await built.goodsLedgerView();
  const { log, questions } = readExpected(history);
  mustBe('Number of events in the views', log, projector.checkpoint.events);
  for (const { limits, totals } of questions) {
    mustEqual(`The report ${JSON.stringify(limits)}`, totals, views.view(GoodsLedgerView).totals(limits));
  }
}

/** In milliseconds. */
function latencies(call: (nth: number) => unknown): { p50: number; p99: number } {
  const times: number[] = [];
  const end = performance.now() + CALLING_MS;
  for (let nth = 0; nth < WARM_UPS + CALLS && (nth < 2 * WARM_UPS || performance.now() < end); nth++) {
    const start = performance.now();
    call(nth);
    times.push(performance.now() - start);
  }
  return percentiles(times.slice(WARM_UPS));
}

/** Happened up to the afternoon of some day, as known two and a half days later. */
function dates(nth: number): { until: string; knownAt: string } {
  const until = FIRST_DAY + ((nth * 37) % DAYS) * DAY + 0.6 * DAY;
  return { until: new Date(until).toISOString(), knownAt: new Date(until + 2.5 * DAY).toISOString() };
}
