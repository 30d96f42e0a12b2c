// bench, ours: the whole log over HTTP, page by page, and how long the server stands still meanwhile.
import { startServer } from '../http/server.ts';
import { readExpected } from '../history.ts';
import { mustBe } from '../totals.ts';
import { seconds, type Trial } from '../trial.ts';

const SERVER = new URL('./export.child.ts', import.meta.url);
/** The largest page that may be asked for. */
const PAGE = 1_000;

export const exporting: Trial = async ({ history }) => {
  const server = await startServer(SERVER, [history]);
  let count = 0;
  const took = await seconds(async () => {
    for (let from: number | null = 0; from !== null;) {
      const answer = await fetch(`${server.url}/events?from=${from}&limit=${PAGE}`);
      const { events, next } = (await answer.json()) as { events: unknown[]; next: number | null };
      count += events.length;
      from = next;
    }
  });
  const stallMs = (await server.end())!;
  mustBe('Number of exported events', readExpected(history).log, count);
  return { perSecond: count / took, stallMs };
};
