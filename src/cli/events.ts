// cli: the log, an entry a line.
import { SHAPES } from '../contents.js';
import type { EventStore } from '../kernel/event-store.js';
import type { Recorded } from '../kernel/recorded.js';
import { upcasting } from '../kernel/shapes.js';
import { openLogForReading, type Place } from '../store/place.js';
import { demandLog } from './session.js';

const PAGE = 500;
const POLL_MS = 500;

interface EventsOptions {
  readonly from: number;
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** Prints the entries behind a position, also beside a server; with `follow` it goes on until a signal ends it. */
export async function printEvents(place: Place, options: EventsOptions): Promise<void> {
  demandLog(place, 'begin one with "relief import" or "relief serve"');
  const ended = new AbortController();
  const end = () => ended.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  const log = upcasting(await openLogForReading(place), SHAPES);
  try {
    await print(log, options, ended.signal);
  } finally {
    await log.close();
  }
}

async function print(log: EventStore, { from, follow, json }: EventsOptions, ended: AbortSignal): Promise<void> {
  for (let after = from; !ended.aborted;) {
    const entries = await log.readAll(after, PAGE);
    for (const entry of entries) process.stdout.write(`${json ? JSON.stringify(entry) : line(entry)}\n`);
    after = entries.at(-1)?.position ?? after;
    if (entries.length === PAGE) continue;
    if (!follow) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function line({ position, recordedAt, happenedAt, stream, type, actor, channel, id }: Recorded): string {
  return [
    String(position).padStart(8),
    recordedAt,
    `happened ${happenedAt}`.padEnd(34),
    type.padEnd(22),
    stream.padEnd(32),
    `${actor.id}:${actor.role} by ${channel}`,
    id,
  ].join('  ');
}
