// consignment: the rules of leaving, from a donor or out of a hub's stock.
import type { Place } from '../catalogue/catalogue.events.js';
import type { Holding } from '../goods-ledger/account.js';
import { draw } from '../goods-ledger/books.js';
import { canonical, UNDECIDED, type Destination } from '../goods-ledger/destination.js';
import { documented } from '../kernel/command.js';
import { Invalid, Refused } from '../kernel/errors.js';
import { grouped } from '../kernel/quantity.js';
import type { DispatchConsignment, DispatchLineInput } from './consignment.commands.js';
import type { ConsignmentDispatched, ConsignmentFact, DispatchedLine, Transport } from './consignment.events.js';
import type { Consignment } from './consignment.js';

type Dispatched = ConsignmentDispatched['data'];

/** What the world outside the stream says of a dispatch. */
export interface DispatchContext {
  readonly to: Pick<Place, 'country' | 'kind'>;
  /** The hub's stock when the goods leave a hub; absent when they come from the donor. */
  readonly stock?: readonly Holding[];
  /** True when a wrong entry is restated: what left then has left, whatever the stock says now. */
  readonly correcting?: boolean;
}

export function dispatch(
  command: DispatchConsignment,
  state: Consignment,
  context: DispatchContext,
): ConsignmentFact[] {
  const { consignment, from, to, mode, carrier, vehicle, waybill, eta } = command;
  const destination = context.to.kind === 'hub' ? UNDECIDED : context.to.country;
  const transport = present({ mode, carrier, vehicle, waybill, eta });
  if (state.status !== 'none' && state.dispatch) return repeated(command, state.dispatch, destination, transport);
  const { stock } = context;
  const lines = stock
    ? takenFromStock(command, destination, stock, context.correcting ?? false)
    : command.lines.map((line, index) => fromDonor(line, index, destination));
  const data = {
    consignment,
    from,
    fromHub: stock !== undefined,
    to,
    country: context.to.country,
    transport,
    lines,
    ...documented(command),
  };
  return [{ type: 'ConsignmentDispatched', data }];
}

/** Nothing, when this is what left before; a consignment leaves once. */
function repeated(command: DispatchConsignment, before: Dispatched, otherwise: Destination, transport: Transport): [] {
  const { consignment, from, to } = command;
  const stated = quantities(
    command.lines.map((line) => ({ ...line, destination: canonical(line.destination ?? otherwise) })),
  );
  const same =
    [from, to, JSON.stringify(transport), stated].join() ===
    [before.from, before.to, JSON.stringify(before.transport), quantities(before.lines)].join();
  if (same) return [];
  throw new Refused(
    'CONSIGNMENT_EXISTS',
    `Consignment ${consignment} left ${before.from} before with other content. Use another number, or correct that entry.`,
    { dispatched: before },
  );
}

/** How much of each item for each destination, in one spelling. */
function quantities(lines: readonly { item: string; destination: Destination; quantity: number }[]): string {
  const sums = new Map<string, number>();
  for (const { item, destination, quantity } of lines) {
    const key = `${item} for ${destination}`;
    sums.set(key, (sums.get(key) ?? 0) + quantity);
  }
  return [...sums]
    .map(([key, quantity]) => `${key}: ${quantity}`)
    .sort()
    .join();
}

function fromDonor(line: DispatchLineInput, index: number, destination: Destination): DispatchedLine {
  const { item, donation, lot = '', quantity } = line;
  if (!donation)
    throw new Invalid([
      { field: `lines[${index}].donation`, rule: 'must name the donation when goods come from a donor' },
    ]);
  return { item, donation, lot, quantity, destination: canonical(line.destination ?? destination) };
}

/** The goods of each line out of the stock set aside for its destination, then out of free stock. */
function takenFromStock(
  command: DispatchConsignment,
  otherwise: Destination,
  stock: readonly Holding[],
  correcting: boolean,
): DispatchedLine[] {
  const left = new Map(stock.map((held) => [held, held.quantity]));
  return command.lines.flatMap((line) => {
    const destination = canonical(line.destination ?? otherwise);
    const pools = stock
      .map((held) => ({ ...held, quantity: left.get(held)!, held }))
      .filter((pool) => wanted(pool, line, destination))
      .sort((a, b) => Number(b.account.destination === destination) - Number(a.account.destination === destination));
    const { taken, missing } = draw(line.quantity, pools);
    for (const { held, quantity } of taken as typeof pools) left.set(held, left.get(held)! - quantity);
    const lines = taken.map(({ item, donation, lot, quantity, account }) => ({
      ...{ item, donation, lot, quantity, destination, earmark: account.destination },
    }));
    if (missing === 0) return lines;
    if (correcting && line.donation) {
      const { item, donation, lot = '' } = line;
      return [...lines, { item, donation, lot, quantity: missing, destination, earmark: destination }];
    }
    throw notEnough(command, line, destination, stock);
  });
}

function wanted({ account, item, donation, lot }: Holding, line: DispatchLineInput, destination: Destination): boolean {
  const forThem = account.destination === destination || account.destination === UNDECIDED;
  const sameGoods =
    item === line.item && (!line.donation || donation === line.donation) && (!line.lot || lot === line.lot);
  return forThem && sameGoods;
}

function notEnough(
  { from }: DispatchConsignment,
  line: DispatchLineInput,
  destination: Destination,
  stock: readonly Holding[],
): Refused {
  const ofItem = stock.filter(({ item }) => item === line.item);
  const earmarked = ofItem.map(({ account, quantity }) => `${grouped(quantity)} for ${account.destination}`).join(', ');
  return new Refused(
    'NOT_ENOUGH_STOCK',
    `${from} cannot send ${grouped(line.quantity)} ${line.item} for ${destination}: in stock are ${earmarked || 'none'}. ` +
      'Allocate stock to this destination first, or send less.',
    { item: line.item, destination, wanted: line.quantity, stock: ofItem },
  );
}

function present<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
