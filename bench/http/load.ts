// bench: as many callers as wanted that each wait for their answer.
import autocannon from 'autocannon';
import { demandSlow } from '../slow-disk.ts';
import type { Figures, Setting } from '../trial.ts';
import { Deliveries } from './deliveries.ts';
import { startServer } from './server.ts';

const CONNECTIONS = [1, 10, 100] as const;
const WARM_UP_SECONDS = 0.8;
export const SAMPLE_MS = 100;

/** Deliveries on many consignments, posted over 1, 10 and 100 connections. */
export async function loadTest(file: URL, { folder, seed, httpSeconds }: Setting): Promise<Figures> {
  const server = await startServer(file, [folder, String(seed)]);
  const deliveries = new Deliveries();
  const deliver = (connections: number, duration: number) => {
    const requests = [deliveries.requests()];
    return autocannon({ url: server.url, connections, duration, requests, sampleInt: SAMPLE_MS });
  };
  const figures: Record<string, number> = {};
  let answered = (await deliver(10, WARM_UP_SECONDS))['2xx'];
  for (const connections of CONNECTIONS) {
    const result = await deliver(connections, httpSeconds);
    const failed = result.non2xx + result.errors;
    if (failed > 0) throw new Error(`${file.href}: ${failed} requests failed.`);
    answered += result['2xx'];
    figures[`perSecond${connections}`] = result['2xx'] / result.duration;
    figures[`p99at${connections}`] = result.latency.p99;
  }
  demandRecorded(await server.end(), answered, deliveries.asked);
  demandSlow(figures['perSecond1']!);
  return figures;
}

/** What was answered is recorded; what was asked when a load test ended may be. */
function demandRecorded(recorded: number | null, answered: number, asked: number): void {
  if (recorded === null || (recorded >= answered && recorded <= asked)) return;
  throw new Error(`${answered} deliveries were answered and ${asked} asked for, but ${recorded} are recorded.`);
}
