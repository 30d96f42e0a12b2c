// bench: a server in a process of its own, and as many callers as wanted that each wait for their answer.
import autocannon from 'autocannon';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Figures, Setting } from '../trial.ts';
import { deliveryOf, openReference } from '../workload.ts';

const CONNECTIONS = [1, 10, 100] as const;
export const CONSIGNMENTS = 1_000;
const WARM_UP_SECONDS = 1;
const HEADERS = { 'content-type': 'application/json', 'relief-actor': 'u-17:logistician' };

/** What a server says when it listens, and when it has ended. */
export type ServerMessage = { readonly url: string } | { readonly recorded: number | null };

/** Deliveries on many consignments, posted over 1, 10 and 100 connections. */
export async function loadTest(server: URL, { folder, seed, httpSeconds }: Setting): Promise<Figures> {
  const child = fork(server, [folder, String(seed)], { stdio: 'inherit' });
  const { url } = (await message(child)) as { url: string };
  let nth = 0;
  const deliver = (connections: number, duration: number) => {
    const setupRequest = <R>(request: R) => {
      const consignment = nth % CONSIGNMENTS;
      const path = `/consignments/${openReference(consignment)}/deliveries`;
      return { ...request, path, body: JSON.stringify(deliveryOf(consignment, nth++)) };
    };
    return autocannon({ url, connections, duration, requests: [{ method: 'POST', headers: HEADERS, setupRequest }] });
  };
  const figures: Record<string, number> = {};
  let answered = (await deliver(10, WARM_UP_SECONDS))['2xx'];
  for (const connections of CONNECTIONS) {
    const result = await deliver(connections, httpSeconds);
    const { non2xx, errors, timeouts } = result;
    if (non2xx + errors + timeouts > 0)
      throw new Error(`${server.href}: ${non2xx + errors + timeouts} requests failed.`);
    answered += result['2xx'];
    figures[`perSecond${connections}`] = result['2xx'] / result.duration;
    figures[`p99at${connections}`] = result.latency.p99;
  }
  child.send('end');
  const { recorded } = (await message(child)) as { recorded: number | null };
  demandRecorded(recorded, answered, nth);
  return figures;
}

/** What was answered is recorded; what was asked when a load test ended may be. */
function demandRecorded(recorded: number | null, answered: number, asked: number): void {
  if (recorded === null || (recorded >= answered && recorded <= asked)) return;
  throw new Error(`${answered} deliveries were answered and ${asked} asked for, but ${recorded} are recorded.`);
}

async function message(child: ChildProcess): Promise<ServerMessage> {
  const [first] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with code ${String(code)}.`))),
  ])) as [ServerMessage];
  return first;
}
