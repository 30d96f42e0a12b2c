// cli: the log, an entry a line.
import type { Recorded } from '../kernel/recorded.js';
import type { Place } from '../store/place.js';
import { STORES, type Stores } from '../store/stores.js';
import { withReports } from './session.js';

const PAGE = 500;
const POLL_MS = 500;

interface EventsOptions {
  readonly from: number;
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** Prints the entries behind a position; with `follow` it goes on until a signal ends it. */
export async function printEvents(where: Place, { from, follow = false, json = false }: EventsOptions): Promise<void> {
  const ended = new AbortController();
  const end = () => ended.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  await withReports(
    where,
    async (app) => {
      const { log } = app.get<Stores>(STORES);
      for (let after = from; !ended.signal.aborted;) {
        const entries = await log.readAll(after, PAGE);
        for (const entry of entries) process.stdout.write(`${json ? JSON.stringify(entry) : line(entry)}\n`);
        after = entries.at(-1)?.position ?? after;
        if (entries.length === PAGE) continue;
        if (!follow) break;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    follow ? 'beside' : 'own',
  );
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
