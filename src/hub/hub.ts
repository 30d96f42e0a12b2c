// hub: the rules of setting stock aside. allocated ⇄ released
import type { Holding } from '../goods-ledger/account.js';
import { draw, total } from '../goods-ledger/books.js';
import { canonical, countriesOf, UNDECIDED, type Destination } from '../goods-ledger/destination.js';
import { documented } from '../kernel/command.js';
import type { Decider } from '../kernel/decider.js';
import { Invalid, Refused } from '../kernel/errors.js';
import { grouped } from '../kernel/quantity.js';
import type { AllocateStock, ReleaseAllocation } from './hub.commands.js';
import type { EarmarkedLine, HubFact } from './hub.events.js';

/** A hub keeps no state of its own: what lies there is the goods ledger's to say. */
export type Hub = { readonly status: 'open' };

export const hub: Decider<Hub, HubFact> = {
  initial: { status: 'open' },
  evolve: (state) => state,
};

/** What the world outside the stream says of an allocation. */
export interface StockContext {
  readonly stock: readonly Holding[];
  /** Regions of the country that gets the goods. */
  readonly regions: readonly string[];
}

// Decisions

export function allocate(command: AllocateStock, _state: Hub, { stock, regions }: StockContext): HubFact[] {
  const to = canonical(command.to);
  const from = command.from === undefined ? undefined : canonical(command.from);
  const pools =
    from === undefined ? openTo(to, stock, regions) : stock.filter(({ account }) => account.destination === from);
  const lines = moved(command, pools, from ?? `anybody who may give to ${to}`, to);
  return [{ type: 'StockAllocated', data: { hub: command.hub, lines, ...documented(command) } }];
}

export function release(command: ReleaseAllocation, _state: Hub, { stock }: StockContext): HubFact[] {
  const from = canonical(command.from);
  const to = canonical(command.to ?? UNDECIDED);
  const lines = moved(
    command,
    stock.filter(({ account }) => account.destination === from),
    from,
    to,
  );
  return [{ type: 'AllocationReleased', data: { hub: command.hub, lines, ...documented(command) } }];
}

/** Stock that may go to `to` without anybody losing a promise: groups that name it, its regions, then undecided stock. */
function openTo(to: Destination, stock: readonly Holding[], regions: readonly string[]): Holding[] {
  const named = stock.filter(
    ({ account }) => account.destination !== to && countriesOf(account.destination).includes(to),
  );
  const regional = stock.filter(({ account }) => regions.includes(account.destination));
  const undecided = stock.filter(({ account }) => account.destination === UNDECIDED && to !== UNDECIDED);
  return [...named, ...regional, ...undecided];
}

function moved(
  command: AllocateStock | ReleaseAllocation,
  pools: readonly Holding[],
  giver: string,
  to: Destination,
): EarmarkedLine[] {
  const { hub, item, quantity, donation, lot } = command;
  const fitting = pools.filter(
    (held) => held.item === item && (!donation || held.donation === donation) && (!lot || held.lot === lot),
  );
  if (fitting.some(({ account }) => account.destination === to)) {
    throw new Invalid([{ field: 'to', rule: 'must differ from the earmark the goods have', value: to }]);
  }
  const { taken, missing } = draw(quantity, fitting);
  if (missing > 0) {
    const have = total(fitting.filter((held) => held.quantity > 0));
    throw new Refused(
      'NOT_ENOUGH_STOCK',
      `${hub} has ${grouped(have)} ${item} earmarked for ${giver}, you ask for ${grouped(quantity)}.`,
      { hub, item, wanted: quantity, available: have, stock: pools },
    );
  }
  return taken.map((held) => ({
    ...{
      item,
      donation: held.donation,
      lot: held.lot,
      quantity: held.quantity,
      from: held.account.destination,
      to: to,
    },
  }));
}
