// bench: the seeded log that rebuilds and reports are measured on, and what they must find in it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '../src/kernel/event-store.ts';
import type { Stores } from '../src/store/stores.ts';
import * as built from './built.ts';
import { STREAMS_A_TRANSACTION } from './appends.ts';
import { bytesAnEvent } from './disk.ts';
import type { Stream } from './story.ts';
import { Totals, type Limits } from './totals.ts';
import type { Trial } from './trial.ts';
import { DAYS, EVENTS_A_STREAM, FIRST_DAY, Workload } from './workload.ts';

export interface DeliveredLine {
  readonly item: string;
  readonly accepted: number;
}

/** Written beside the log by the process that made it. */
export interface Expected {
  /** Events in the whole log, the default catalogue included. */
  readonly log: number;
  /** Pieces delivered, as first stated. */
  readonly delivered: number;
  readonly questions: readonly { readonly limits: Limits; readonly totals: [string, number][] }[];
}

const FILE = 'expected.json';
const DAY = 86_400_000;

/** Everything; up to a date; as known on a date; up to one as known on another, both in the middle of a day. */
const HALF_WAY = FIRST_DAY + (DAYS / 2) * DAY;
const QUESTIONS: readonly Limits[] = [
  {},
  { until: HALF_WAY - 1 },
  { knownAt: HALF_WAY - 1 },
  { until: HALF_WAY + 0.4 * DAY, knownAt: HALF_WAY + 7.7 * DAY },
];

export function readExpected(history: string): Expected {
  return JSON.parse(readFileSync(join(history, FILE), 'utf8')) as Expected;
}

/** Makes the log, without views: whoever needs them has them built. Says how large an event is in it. */
export const makeHistory: Trial = async ({ history, seed, events }) => {
  // The default catalogue first, as in every house; then the log alone, so that views do not slow it down.
  await (await openHouse(history)).close();
  const workload = new Workload(seed, events / EVENTS_A_STREAM);
  const totals = QUESTIONS.map((limits) => new Totals(limits));
  const { delivered, log } = await appendAll(history, workload, totals);
  // Views that are far behind follow in the main thread; made anew, they have a thread of their own.
  removeViews(history);
  const questions = totals.map((each, index) => ({ limits: QUESTIONS[index]!, totals: each.entries() }));
  writeFileSync(join(history, FILE), JSON.stringify({ log, delivered, questions } satisfies Expected));
  return { bytesAnEvent: bytesAnEvent(join(history, 'events.db')) };
};

export function removeViews(history: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(history, `views.db${suffix}`), { force: true });
}

/** Builds the views, unless they are there. */
export async function buildViews(history: string): Promise<void> {
  await (await openHouse(history)).close();
}

/** Never holds the streams of more than two transactions: the next ones are made while the last are written. */
async function appendAll(
  history: string,
  workload: Workload,
  totals: readonly Totals[],
): Promise<Pick<Expected, 'delivered' | 'log'>> {
  const { SqliteEventStore } = await built.eventStore();
  const log = await SqliteEventStore.open(join(history, 'events.db'));
  let delivered = 0;
  let written: Promise<void> = Promise.resolve();
  const take = async (streams: readonly Stream[]) => {
    for (const { events, postings } of streams) {
      for (const each of totals) each.add(postings);
      for (const { type, data } of events) if (type === 'GoodsDelivered') delivered += piecesOf(data);
    }
    await written;
    written = appendStreams(log, streams);
  };
  await take(workload.mentioned());
  for (let from = 0; from < workload.streams; from += STREAMS_A_TRANSACTION) {
    const length = Math.min(STREAMS_A_TRANSACTION, workload.streams - from);
    await take(Array.from({ length }, (_, index) => workload.history(from + index)));
  }
  await written;
  const reached = await log.reached();
  await log.close();
  return { delivered, log: reached };
}

export async function appendStreams(log: Pick<EventStore, 'append'>, streams: readonly Stream[]): Promise<void> {
  await Promise.all(streams.map(({ stream, events }) => log.append(stream, -1, events)));
}

export type House = Awaited<ReturnType<typeof houseOver>>;

/** The house as the command line opens it: its default catalogue registered, its views up to date. */
export async function openHouse(folder: string): Promise<House> {
  const { openFor } = await built.openFor();
  const { prepare } = await built.openHouse();
  const house = await houseOver(await openFor({ kind: 'folder', folder, use: 'write' }));
  await prepare(house.app);
  return house;
}

/** The house over stores that are open already; it closes them. */
export async function houseOver(stores: Stores) {
  const { NestFactory } = await import('@nestjs/core');
  const { AppModule } = await built.appModule();
  const app = await NestFactory.createApplicationContext(AppModule.over(stores), { logger: ['error', 'warn'] });
  return { app, stores, close: () => app.close() };
}

function piecesOf(data: object): number {
  return (data as { lines: DeliveredLine[] }).lines.reduce((sum, { accepted }) => sum + accepted, 0);
}
