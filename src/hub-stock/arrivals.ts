// hub stock: what came into a hub, when, and with which consignment; pure.
import { accountKey, lineKey, type Account, type Holding, type Line } from '../goods-ledger/account.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';

/** Pieces that came in from outside. */
export interface Arrival extends Line {
  /** Milliseconds since 1970. */
  readonly happened: number;
  readonly quantity: number;
}

/** What came into the stock of a hub, the latest first; what corrections took back is left out. */
export function arrivalsAt(hub: string, movements: readonly MovementRow[]): Arrival[] {
  const net = new Map<string, Arrival>();
  for (const { from, to, about, happened, quantity, item, donation, lot } of movements) {
    const [cameIn, wentOut] = [isStock(to, hub), isStock(from, hub)];
    if (cameIn === wentOut) continue;
    const [outside, stock] = cameIn ? [from, to] : [to, from];
    const line = { item, donation, lot };
    const key = [about, happened, accountKey(outside), accountKey(stock), lineKey(line)].join('|');
    const sum = (net.get(key)?.quantity ?? 0) + (cameIn ? quantity : -quantity);
    net.set(key, { ...line, happened, quantity: sum });
  }
  return [...net.values()].filter(({ quantity }) => quantity > 0).sort((a, b) => b.happened - a.happened);
}

/** When the oldest of the `quantity` pieces of a line that still lie there came: first in, first out. */
export function oldestOf(quantity: number, latestFirst: readonly Arrival[]): number | undefined {
  if (quantity <= 0) return undefined;
  let covered = 0;
  const oldest = latestFirst.find((arrival) => (covered += arrival.quantity) >= quantity);
  return (oldest ?? latestFirst.at(-1))?.happened;
}

/** What each consignment brought into the stock of a hub, by consignment, under the earmark it came with. */
export function receivedByConsignment(hub: string, movements: readonly MovementRow[]): Map<string, Holding[]> {
  const flows = new Map<string, Map<string, Holding>>();
  for (const { stream, from, to, quantity, item, donation, lot } of movements) {
    if (!stream.startsWith(CONSIGNMENT)) continue;
    for (const [account, moved] of [
      [to, quantity],
      [from, -quantity],
    ] as const) {
      if (!isStock(account, hub)) continue;
      const consignment = stream.slice(CONSIGNMENT.length);
      const holdings = flows.get(consignment) ?? new Map<string, Holding>();
      flows.set(consignment, holdings);
      const line = { item, donation, lot };
      const key = `${accountKey(account)}|${lineKey(line)}`;
      holdings.set(key, { account, ...line, quantity: (holdings.get(key)?.quantity ?? 0) + moved });
    }
  }
  return new Map(
    [...flows]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([consignment, holdings]) => [consignment, [...holdings.values()].filter(({ quantity }) => quantity > 0)]),
  );
}

const CONSIGNMENT = 'consignment-';

function isStock({ bucket, holder }: Account, hub: string): boolean {
  return bucket === 'atHub' && holder === hub;
}
