// consignment: which pieces of a hub's stock a dispatch takes; pure.
import { account, type Holding } from '../goods-ledger/account.js';
import { draw, total } from '../goods-ledger/books.js';
import { canonical, UNDECIDED, type Destination } from '../goods-ledger/destination.js';
import { inBaseUnits, type PackSizes } from '../goods-ledger/packs.js';
import { free, type StockLine } from '../goods-ledger/stock.js';
import { Refused } from '../kernel/errors.js';
import { grouped } from '../kernel/quantity.js';
import type { DispatchConsignment } from './consignment.commands.js';
import type { ConsignmentDispatched, DispatchedLine } from './consignment.events.js';
import { detailsOf } from './details.js';
import type { DispatchLineInput } from './lines.commands.js';

export interface Supply {
  readonly stock: readonly StockLine[];
  readonly sizes: PackSizes;
  /** The dispatch that is being restated: what it took is there to be taken again, and what left has left. */
  readonly instead?: ConsignmentDispatched['data'];
}

interface Pool extends Holding {
  readonly line: StockLine;
}

/** The goods of each line out of the stock set aside for its destination, then out of free stock. */
export function takenFromStock(command: DispatchConsignment, otherwise: Destination, supply: Supply): DispatchedLine[] {
  const stock = [...supply.stock, ...putBack(command.from, supply.instead)];
  const left = new Map(stock.map((line) => [line, free(line)]));
  return command.lines.flatMap((line) => {
    const destination = canonical(line.destination ?? otherwise);
    const quantity = inBaseUnits(line.quantity, line, supply.sizes);
    const fitting = stock.filter((held) => fits(held, line, destination)).sort((a, b) => nearer(a, b, destination));
    const { taken, missing } = draw(
      quantity,
      fitting.map((held): Pool => ({ ...held, quantity: left.get(held)!, line: held })),
    );
    for (const pool of taken as Pool[]) left.set(pool.line, left.get(pool.line)! - pool.quantity);
    if (missing > 0 && !supply.instead) throw refusal(command.from, line, quantity, destination, fitting, stock);
    const details = detailsOf(line, line.quantity, supply.sizes);
    return [...taken, ...beyondStock(missing, line, destination, supply.instead)].map(
      ({ item, donation, lot, quantity, account }) => ({
        ...{ item, donation, lot, quantity, destination, earmark: account.destination },
        ...details,
      }),
    );
  });
}

function putBack(hub: string, instead: ConsignmentDispatched['data'] | undefined): StockLine[] {
  if (!instead?.fromHub || instead.from !== hub) return [];
  return instead.lines.map(({ item, donation, lot, quantity, destination, earmark = destination }) => ({
    ...{ account: account('atHub', hub, earmark), item, donation, lot, quantity, holds: [] },
  }));
}

/** Restated goods that the stock never had: booked on the goods they are closest to, so that the hole shows there. */
function beyondStock(
  quantity: number,
  { item, donation, lot = '' }: DispatchLineInput,
  destination: Destination,
  instead: ConsignmentDispatched['data'] | undefined,
): Holding[] {
  const like = instead?.lines.find((line) => line.item === item) ?? instead?.lines[0];
  if (quantity === 0 || !like) return [];
  const from = account('atHub', instead!.from, like.earmark ?? destination);
  return [{ account: from, item, donation: donation ?? like.donation, lot: lot || like.lot, quantity }];
}

function fits({ account, item, donation, lot }: Holding, line: DispatchLineInput, destination: Destination): boolean {
  const forThem = account.destination === destination || account.destination === UNDECIDED;
  const sameGoods =
    item === line.item && (!line.donation || donation === line.donation) && (!line.lot || lot === line.lot);
  return forThem && sameGoods;
}

function nearer(a: Holding, b: Holding, destination: Destination): number {
  return Number(b.account.destination === destination) - Number(a.account.destination === destination);
}

function refusal(
  hub: string,
  { item }: DispatchLineInput,
  wanted: number,
  destination: Destination,
  fitting: readonly StockLine[],
  stock: readonly StockLine[],
): Refused {
  const holds = fitting.flatMap((line) => line.holds);
  if (total(fitting) >= wanted && holds.length > 0) {
    const first = holds[0]!;
    const what = first.by === 'lot' ? `lot ${first.what}` : `consignment ${first.what}, held by customs`;
    return new Refused(
      first.by === 'lot' ? 'LOT_ON_HOLD' : 'CUSTOMS_HOLD',
      `${hub} cannot send ${grouped(wanted)} ${item}: ${grouped(total(holds))} of them must not leave (${what}: ${first.reason}).`,
      { item, wanted, holds },
    );
  }
  const ofItem = stock
    .filter((line) => line.item === item)
    .map(({ account, ...line }) => ({ ...line, earmark: account.destination }));
  const earmarked = ofItem.map(({ earmark, quantity }) => `${grouped(quantity)} for ${earmark}`).join(', ');
  return new Refused(
    'NOT_ENOUGH_STOCK',
    `${hub} cannot send ${grouped(wanted)} ${item} for ${destination}: in stock are ${earmarked || 'none'}. ` +
      'Allocate stock to this destination first, or send less.',
    { item, destination, wanted, stock: ofItem },
  );
}
