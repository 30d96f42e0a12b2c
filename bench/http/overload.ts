// bench: three times as many requests as the server can answer, and what became of each of them.
import autocannon from 'autocannon';
import { mustBe } from '../totals.ts';
import type { Trial } from '../trial.ts';
import { Deliveries } from './deliveries.ts';
import { SAMPLE_MS } from './load.ts';
import { startServer } from './server.ts';

const TIMES = 3;
/** More callers than any server wants waiting; each waits for its answer before it asks again. */
const CALLERS = 2_000;
const CAPACITY = { connections: 100, seconds: 2 };
const TIMEOUT_SECONDS = 30;
const SETTLE_MS = 1_000;
const PAGE = 1_000;

const HOUSE = new URL('../ours/server.child.ts', import.meta.url);

/** Every answer of one load test, by what it says. */
class Answers {
  readonly entries: string[] = [];
  refused = 0;
  bare503 = 0;
  otherwise = 0;

  take(status: number, body: string, headers: Record<string, string>): void {
    if (status === 201) this.entries.push((JSON.parse(body) as { events: [string] }).events[0]);
    else if (status !== 503) this.otherwise++;
    else if (hasRetryAfter(headers)) this.refused++;
    else this.bare503++;
  }
}

export const overload: Trial = async ({ folder, seed, overloadSeconds }) => {
  const server = await startServer(HOUSE, [folder, String(seed)]);
  const deliveries = new Deliveries();
  const before = await load(server.url, deliveries, CAPACITY.seconds, { connections: CAPACITY.connections });
  const capacity = before.answers.entries.length / before.seconds;
  const overallRate = Math.ceil(TIMES * capacity);
  const during = await load(server.url, deliveries, overloadSeconds, { connections: CALLERS, overallRate });
  await settled(server.url);
  const times = await timesRecorded(server.url);
  const lost = [...before.answers.entries, ...during.answers.entries].filter((entry) => times.get(entry) !== 1);
  mustBe('Number of deliveries in the report', times.size, (await server.end())!);
  const { entries, refused, bare503, otherwise } = during.answers;
  if (lost.length > 0) throw new Error(`${lost.length} deliveries were answered 201 and are not in the log once.`);
  return {
    ...{ capacity, askedPerSecond: during.asked / during.seconds, recordedPerSecond: entries.length / during.seconds },
    ...{ refusedPerSecond: refused / during.seconds, bare503, otherwise: otherwise + during.unanswered },
    ...{ p99: during.p99, lost: lost.length },
  };
};

interface Pressure {
  readonly connections: number;
  /** Requests a second; without it every caller asks again at once. */
  readonly overallRate?: number;
}

async function load(url: string, deliveries: Deliveries, duration: number, pressure: Pressure) {
  const answers = new Answers();
  const onResponse = (status: number, body: string, _context: object, headers: Record<string, string>) =>
    answers.take(status, body, headers);
  const requests = [{ ...deliveries.requests(), onResponse }];
  const { overallRate } = pressure;
  const rate = overallRate === undefined ? {} : { overallRate, ignoreCoordinatedOmission: true };
  const before = deliveries.asked;
  const how = { duration, timeout: TIMEOUT_SECONDS, sampleInt: SAMPLE_MS, excludeErrorStats: true };
  const result = await autocannon({ url, requests, ...how, connections: pressure.connections, ...rate });
  const { duration: seconds, errors: unanswered, latency } = result;
  return { answers, seconds, unanswered, p99: latency.p99, asked: deliveries.asked - before };
}

/** Waits until requests that nobody waits for any more have ended too: nothing is recorded for a while. */
async function settled(url: string): Promise<void> {
  for (let [before, now] = [-1, 0]; before !== now;) {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    before = now;
    now = ((await (await fetch(`${url}/health`)).json()) as { position: number }).position;
  }
}

/** How often each delivery stands in the log, by the id of its entry. */
async function timesRecorded(url: string): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (let from: number | null = 0; from !== null;) {
    const answer = await fetch(`${url}/events?from=${from}&limit=${PAGE}`);
    const page = (await answer.json()) as { events: { id: string; type: string }[]; next: number | null };
    for (const { id } of page.events.filter(({ type }) => type === 'GoodsDelivered')) {
      times.set(id, (times.get(id) ?? 0) + 1);
    }
    from = page.next;
  }
  return times;
}

function hasRetryAfter(headers: Record<string, string>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'retry-after');
}
