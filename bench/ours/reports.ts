// bench, ours: what the reports cost, from the question to its JSON.
import * as built from '../built.ts';
import { buildViews, houseOver, readExpected, type House } from '../history.ts';
import { percentiles } from '../appends.ts';
import { mustBe, mustEqual } from '../totals.ts';
import type { Trial } from '../trial.ts';
import { text } from '../story.ts';
import { DAYS, FIRST_DAY } from '../workload.ts';
import { asking, countries } from './asking.ts';

const WARM_UPS = 20;
const CALLS = 200;
/** However slow a report is, it is asked at least so many times. */
const CALLS_AT_LEAST = 5;
const DAY = 86_400_000;
const WEEK = 7 * DAY;
const COUNTRY = 'IT';

export const reports: Trial = async ({ history, askingSeconds }) => {
  await buildViews(history);
  const { openFor } = await built.openFor();
  const house = await houseOver(await openFor({ kind: 'folder', folder: history, use: 'read' }));
  await demandTotals(house, history);
  const ask = await asking(house.app);
  const timed = (question: (nth: number) => Promise<unknown>) => latencies(question, 1_000 * askingSeconds);
  const now = await timed(() => ask('countries', {}));
  const asOf = await timed((nth) => ask('countries', dates(nth)));
  const asOfAgain = await timed((nth) => ask('countries', dates(nth)));
  const statement = await timed((nth) => ask('statement', weekOf(nth)));
  const explain = await timed((nth) => ask('explain', twoViewsOf(nth)));
  await house.close();
  return {
    ...{ now: now.p50, nowP99: now.p99, asOf: asOf.p50, asOfP99: asOf.p99, asOfAgain: asOfAgain.p50 },
    ...{ statement: statement.p50, statementP99: statement.p99, explain: explain.p50, explainP99: explain.p99 },
  };
};

/** Throws unless the views hold the whole log and every report is what the generator added up. */
export async function demandTotals({ app, stores }: House, history: string): Promise<void> {
  const ask = await asking(app);
  const { log, questions } = readExpected(history);
  mustBe('Number of events in the views', log, stores.projector.checkpoint.events);
  for (const { limits, totals } of questions) {
    mustEqual(`The report ${JSON.stringify(limits)}`, totals, await countries(ask, limits));
  }
}

/** In milliseconds; the first calls are not counted. */
async function latencies(
  call: (nth: number) => Promise<unknown>,
  patience: number,
): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  const end = performance.now() + patience;
  const wanted = () => times.length < CALLS_AT_LEAST || (times.length < WARM_UPS + CALLS && performance.now() < end);
  for (let nth = 0; wanted(); nth++) {
    const start = performance.now();
    await call(nth);
    times.push(performance.now() - start);
  }
  return percentiles(times.slice(Math.min(WARM_UPS, Math.floor(times.length / 5))));
}

/** Some day, another one for each number. */
function dayOf(nth: number): number {
  return FIRST_DAY + ((nth * 37) % DAYS) * DAY;
}

/** Happened up to the afternoon of some day, as known two and a half days later. */
function dates(nth: number): { until: string; knownAt: string } {
  const until = dayOf(nth) + 0.6 * DAY;
  return { until: text(until), knownAt: text(until + 2.5 * DAY) };
}

function weekOf(nth: number): { country: string; from: string; to: string } {
  return { country: COUNTRY, from: text(dayOf(nth)), to: text(dayOf(nth) + WEEK) };
}

/** The same days as known at their end and a week later. */
function twoViewsOf(nth: number): { from: string; to: string } {
  const until = text(dayOf(nth));
  return { from: `${until},${until}`, to: `${until},${text(dayOf(nth) + WEEK)}` };
}
