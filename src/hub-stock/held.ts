// hub stock: which pieces must not leave, because of their lot or because of customs; pure.
import { accountKey, lineKey, type Holding } from '../goods-ledger/account.js';
import { free, type Hold } from '../goods-ledger/stock.js';
import type { StoppedLot } from '../lot/lot.view.js';

/** A hold, and how final it is. */
export interface Stop extends Hold {
  readonly status: 'held' | 'recalled' | 'refused';
}

export interface HeldLine extends Holding {
  readonly holds: readonly Stop[];
}

/** A consignment that customs hold or refused, with what it brought into the stock of the hub. */
export interface StoppedConsignment {
  readonly consignment: string;
  readonly status: 'held' | 'refused';
  readonly reason: string;
  readonly received: readonly Holding[];
}

interface Pile extends Holding {
  readonly holds: Stop[];
}

/** Each holding with what stops it, in the order given. */
export function withHolds(
  stock: readonly Holding[],
  lots: readonly StoppedLot[],
  consignments: readonly StoppedConsignment[],
): HeldLine[] {
  const lines = stock.map((held): Pile => ({ ...held, holds: lotStops(held, lots) }));
  for (const stopped of consignments) {
    for (const brought of stopped.received) hold(brought, stopped, lines);
  }
  return lines;
}

function lotStops({ item, lot, quantity }: Holding, lots: readonly StoppedLot[]): Stop[] {
  const stopped = lots.find((one) => one.item === item && one.lot === lot);
  return stopped ? [{ by: 'lot', what: lot, status: stopped.status, reason: stopped.reason, quantity }] : [];
}

/** Goods are held under the earmark they came with first; allocating them to others does not free them. */
function hold(brought: Holding, { consignment, status, reason }: StoppedConsignment, lines: readonly Pile[]): void {
  const same = lines.filter((line) => lineKey(line) === lineKey(brought));
  let rest = brought.quantity;
  for (const line of same.sort((a, b) => nearness(b, brought) - nearness(a, brought) || byAccount(a, b))) {
    const quantity = Math.min(rest, free(line));
    if (quantity <= 0) continue;
    line.holds.push({ by: 'customs', what: consignment, status, reason, quantity });
    rest -= quantity;
  }
}

function nearness({ account }: Holding, brought: Holding): number {
  return account.destination === brought.account.destination ? 1 : 0;
}

/** Live stock and stock as of a date come in different orders; the holds must not depend on it. */
function byAccount(a: Holding, b: Holding): number {
  return accountKey(a.account) < accountKey(b.account) ? -1 : 1;
}
