// hub: the rules of stock: set aside, released, counted, given up.
import { account, type Holding } from '../goods-ledger/account.js';
import { draw, total } from '../goods-ledger/books.js';
import { canonical, countriesOf, UNDECIDED, type Destination } from '../goods-ledger/destination.js';
import { inBaseUnits, packOf, type PackSizes } from '../goods-ledger/packs.js';
import { documented } from '../kernel/documented.js';
import type { Decider } from '../kernel/decider.js';
import { Invalid, Refused } from '../kernel/errors.js';
import { grouped } from '../kernel/quantity.js';
import type { Fact } from '../kernel/recorded.js';
import type { AllocateStock, ReleaseAllocation, WriteOffStock } from './hub.commands.js';
import type { AllocationReleased, EarmarkedLine, HubFact, StockAllocated, StockWrittenOff } from './hub.events.js';

/** A hub keeps no state of its own: what lies there is the goods ledger's to say. */
export type Hub = { readonly status: 'open' };

export const hub: Decider<Hub, HubFact> = {
  initial: { status: 'open' },
  evolve: (state) => state,
};

/** What the world outside the stream says of a hub. */
export interface StockContext {
  readonly stock: readonly Holding[];
  readonly damaged: readonly Holding[];
  /** Missing since a count; negative where a count found more than the books. */
  readonly unexplained: readonly Holding[];
  readonly sizes: PackSizes;
  /** Regions of the country that gets the goods. */
  readonly regions: readonly string[];
  /** The fact that is restated, when this is a correction: what was so is never refused for want of stock. */
  readonly instead?: Fact;
}

// Decisions

export function allocate(command: AllocateStock, _state: Hub, context: StockContext): HubFact[] {
  const to = canonical(command.to);
  const from = command.from === undefined ? undefined : canonical(command.from);
  const stock = asBefore(command.hub, context);
  const pools = from === undefined ? openTo(to, stock, context.regions) : earmarked(stock, from);
  const lines = moved(command, pools, from ?? `anybody who may give to ${to}`, from ?? UNDECIDED, to, context);
  return [{ type: 'StockAllocated', data: { hub: command.hub, lines, ...documented(command) } }];
}

export function release(command: ReleaseAllocation, _state: Hub, context: StockContext): HubFact[] {
  const from = canonical(command.from);
  const pools = earmarked(asBefore(command.hub, context), from);
  const lines = moved(command, pools, from, from, canonical(command.to ?? UNDECIDED), context);
  return [{ type: 'AllocationReleased', data: { hub: command.hub, lines, ...documented(command) } }];
}

export function writeOff(command: WriteOffStock, _state: Hub, context: StockContext): HubFact[] {
  const { hub, outOf, cause, earmark } = command;
  const where = earmark === undefined ? undefined : canonical(earmark);
  const instead = context.instead?.type === 'StockWrittenOff' ? (context.instead as StockWrittenOff).data : undefined;
  const back =
    instead?.outOf === outOf
      ? instead.lines.map(({ destination, ...line }) => ({ ...line, account: account('atHub', hub, destination) }))
      : [];
  const pools = [...context[outOf], ...back].filter(
    ({ account }) => where === undefined || account.destination === where,
  );
  const lines = taken(command, pools, outOf === 'stock' ? 'in stock' : outOf, where ?? UNDECIDED, context).map(
    ({ account, ...line }) => ({
      ...line,
      destination: account.destination,
      ...packOf(command, context.sizes),
    }),
  );
  return [{ type: 'StockWrittenOff', data: { hub, outOf, cause, lines, ...documented(command) } }];
}

/** Stock as it was before the decision that is being restated. */
function asBefore(hub: string, { stock, instead }: StockContext): readonly Holding[] {
  if (instead?.type !== 'StockAllocated' && instead?.type !== 'AllocationReleased') return stock;
  const { lines } = (instead as StockAllocated | AllocationReleased).data;
  const back = lines.flatMap(({ from, to, item, donation, lot, quantity }) => [
    { account: account('atHub', hub, from), item, donation, lot, quantity },
    { account: account('atHub', hub, to), item, donation, lot, quantity: -quantity },
  ]);
  return [...stock, ...back];
}

/** Stock that may go to `to` without anybody losing a promise: groups that name it, its regions, then undecided stock. */
function openTo(to: Destination, stock: readonly Holding[], regions: readonly string[]): Holding[] {
  const named = stock.filter(
    ({ account }) => account.destination !== to && countriesOf(account.destination).includes(to),
  );
  const regional = stock.filter(({ account }) => regions.includes(account.destination));
  return [...named, ...regional, ...(to === UNDECIDED ? [] : earmarked(stock, UNDECIDED))];
}

function earmarked(stock: readonly Holding[], destination: Destination): Holding[] {
  return stock.filter(({ account }) => account.destination === destination);
}

function moved(
  command: AllocateStock | ReleaseAllocation,
  pools: readonly Holding[],
  giver: string,
  from: Destination,
  to: Destination,
  context: StockContext,
): EarmarkedLine[] {
  if (pools.some(({ account }) => account.destination === to)) {
    throw new Invalid([{ field: 'to', rule: 'must differ from the earmark the goods have', value: to }]);
  }
  return taken(command, pools, `earmarked for ${giver}`, from, context).map(({ account, ...line }) => ({
    ...{ ...line, from: account.destination, to },
    ...packOf(command, context.sizes),
  }));
}

/** The pieces of a command out of the pools that fit it. Throws `Refused` when they hold too little. */
function taken(
  command: AllocateStock | ReleaseAllocation | WriteOffStock,
  pools: readonly Holding[],
  where: string,
  from: Destination,
  { sizes, instead }: StockContext,
): Holding[] {
  const { hub, item, donation, lot } = command;
  const quantity = inBaseUnits(command.quantity, command, sizes);
  const fitting = pools.filter(
    (held) => held.item === item && (!donation || held.donation === donation) && (!lot || held.lot === lot),
  );
  const { taken, missing } = draw(quantity, fitting);
  if (missing === 0)
    return taken.map(({ account, item, donation, lot, quantity }) => ({ account, item, donation, lot, quantity }));
  const like = fitting[0] ?? likeTheWrongOne(command, from, instead);
  if (instead && like) return [...taken, { ...like, quantity: missing }];
  const available = total(fitting.filter((held) => held.quantity > 0));
  throw new Refused(
    'NOT_ENOUGH_STOCK',
    `${hub} has ${grouped(available)} ${item} ${where}, you ask for ${grouped(quantity)}.`,
    {
      ...{ hub, item, wanted: quantity, available },
      stock: pools.map(({ account, ...line }) => ({ ...line, earmark: account.destination })),
    },
  );
}

/** Goods the hub holds none of: a restated decision books them on the donation and lot of the wrong one. */
function likeTheWrongOne(
  { hub, item, donation, lot }: AllocateStock | ReleaseAllocation | WriteOffStock,
  from: Destination,
  instead: Fact | undefined,
): Holding | undefined {
  const wrong = (instead?.data as Partial<StockAllocated['data']> | undefined)?.lines?.[0];
  if (!wrong) return undefined;
  const goods = { item, donation: donation ?? wrong.donation, lot: lot ?? wrong.lot };
  return { account: account('atHub', hub, from), ...goods, quantity: 0 };
}
