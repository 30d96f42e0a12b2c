// consignment: the rules of leaving, from a donor or out of a hub's stock.
import type { Place } from '../catalogue/catalogue.events.js';
import { canonical, UNDECIDED, type Destination } from '../goods-ledger/destination.js';
import { inBaseUnits, type PackSizes } from '../goods-ledger/packs.js';
import type { StockLine } from '../goods-ledger/stock.js';
import { documented } from '../kernel/documented.js';
import { Invalid, Refused } from '../kernel/errors.js';
import type { Fact } from '../kernel/recorded.js';
import type { DispatchConsignment } from './consignment.commands.js';
import type {
  ConsignmentDispatched,
  ConsignmentFact,
  DispatchedLine,
  GoodsLine,
  Transport,
} from './consignment.events.js';
import type { Consignment } from './consignment.js';
import { detailsOf, present } from './details.js';
import { isAirWaybill, isContainer } from './document-numbers.js';
import { takenFromStock } from './from-stock.js';
import type { DispatchLineInput } from './lines.commands.js';

type Dispatched = ConsignmentDispatched['data'];

/** What the world outside the stream says of a dispatch. */
export interface DispatchContext {
  readonly to: Pick<Place, 'country' | 'kind'>;
  readonly sizes: PackSizes;
  /** The hub's stock when the goods leave a hub; absent when they come from the donor. */
  readonly stock?: readonly StockLine[];
  /** The fact that is being restated, when this is a correction. */
  readonly instead?: Fact;
}

export function dispatch(
  command: DispatchConsignment,
  state: Consignment,
  context: DispatchContext,
): ConsignmentFact[] {
  const { consignment, from, to, mode, carrier, vehicle, waybill, eta, seals, containers } = command;
  const destination = context.to.kind === 'hub' ? UNDECIDED : context.to.country;
  const transport: Transport = present({ mode, carrier, vehicle, waybill, eta, seals, containers });
  const { stock, sizes, instead } = context;
  if (state.status !== 'none' && state.dispatch)
    return repeated(command, state.dispatch, destination, transport, sizes);
  const wrong = instead?.type === 'ConsignmentDispatched' ? { instead: instead.data as Dispatched } : {};
  const lines = stock
    ? takenFromStock(command, destination, { stock, sizes, ...wrong })
    : command.lines.map((line, index) => fromDonor(line, index, destination, sizes));
  const route = { consignment, from, fromHub: stock !== undefined, to, country: context.to.country };
  const data = { ...route, transport, lines, ...doubts(transport), ...documented(command) };
  return [{ type: 'ConsignmentDispatched', data }];
}

/** Nothing, when this is what left before; a consignment leaves once. */
function repeated(
  command: DispatchConsignment,
  before: Dispatched,
  otherwise: Destination,
  transport: Transport,
  sizes: PackSizes,
): [] {
  const { consignment, from, to, lines } = command;
  const stated = lines.map(({ lot = '', donation = '', ...line }) => ({
    ...{ item: line.item, donation, lot, destination: canonical(line.destination ?? otherwise) },
    quantity: inBaseUnits(line.quantity, { ...line }, sizes),
  }));
  // Out of a hub, donation and lot may have been left to the stock: then they tell nothing.
  const fields: Telling = { donation: stated.every(({ donation }) => donation), lot: stated.every(({ lot }) => lot) };
  const now = [from, to, JSON.stringify(transport), quantities(stated, fields)].join();
  const then = [before.from, before.to, JSON.stringify(before.transport), quantities(before.lines, fields)].join();
  if (now === then) return [];
  throw new Refused(
    'CONSIGNMENT_EXISTS',
    `Consignment ${consignment} left ${before.from} before with other content. Use another number, or correct that entry.`,
    { dispatched: before },
  );
}

interface Telling {
  readonly donation: boolean;
  readonly lot: boolean;
}

/** How much of what for each destination, in one spelling. */
function quantities(lines: readonly (GoodsLine & { destination: Destination })[], telling: Telling): string {
  const sums = new Map<string, number>();
  for (const { item, donation, lot, destination, quantity } of lines) {
    const key = [item, telling.donation && donation, telling.lot && lot, destination].join();
    sums.set(key, (sums.get(key) ?? 0) + quantity);
  }
  return [...sums]
    .map(([key, quantity]) => `${key}: ${quantity}`)
    .sort()
    .join();
}

function fromDonor(line: DispatchLineInput, index: number, destination: Destination, sizes: PackSizes): DispatchedLine {
  const { item, donation, lot = '' } = line;
  if (!donation) {
    const rule = 'must name the donation when goods come from a donor';
    throw new Invalid([{ field: `lines[${index}].donation`, rule }]);
  }
  const quantity = inBaseUnits(line.quantity, line, sizes);
  return {
    item,
    donation,
    lot,
    quantity,
    destination: canonical(line.destination ?? destination),
    ...detailsOf(line, line.quantity, sizes),
  };
}

/** Numbers whose check digit does not fit: papers are mistyped, goods fly all the same. */
function doubts({ mode, waybill, containers = [] }: Transport): { doubtful?: string[] } {
  const doubtful = [
    ...(mode === 'air' && waybill && !isAirWaybill(waybill) ? ['waybill'] : []),
    ...containers.flatMap((container, index) => (isContainer(container) ? [] : [`containers[${index}]`])),
  ];
  return doubtful.length > 0 ? { doubtful } : {};
}
