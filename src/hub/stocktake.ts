// hub: the rules of a stocktake: what was counted against what the books say. The count always wins.
import { account, type Holding } from '../goods-ledger/account.js';
import { draw, total } from '../goods-ledger/books.js';
import { canonical, UNDECIDED } from '../goods-ledger/destination.js';
import { inBaseUnits, packOf } from '../goods-ledger/packs.js';
import { documented } from '../kernel/documented.js';
import { Invalid } from '../kernel/errors.js';
import type { CountLineInput, CountStock } from './hub.commands.js';
import type { CountedLine, HubFact, StockCounted } from './hub.events.js';
import type { Hub, StockContext } from './hub.js';

export function count(command: CountStock, _state: Hub, context: StockContext): HubFact[] {
  const { hub, countedBy } = command;
  const before = asBooked(hub, context);
  const lines = command.lines.flatMap((line, index) => counted(line, index, before));
  refuseOverlap(lines);
  return [{ type: 'StockCounted', data: { hub, lines, ...(countedBy && { countedBy }), ...documented(command) } }];
}

/** What the books said when the count that is being restated was made; what it did not count stands as it is. */
function asBooked(hub: string, context: StockContext): StockContext {
  if (context.instead?.type !== 'StockCounted') return context;
  const lines = (context.instead as StockCounted).data.lines.map(({ book, counted, destination, ...line }) => ({
    ...{ book, counted, held: { ...line, account: account('atHub', hub, destination) } },
  }));
  const told = new Set(lines.map(({ held }) => keyOf(held)));
  const stock = [
    ...context.stock.filter((held) => !told.has(keyOf(held))),
    ...lines.map(({ held, book }) => ({ ...held, quantity: book })),
  ];
  const unexplained = [
    ...context.unexplained,
    ...lines.map(({ held, book, counted }) => ({ ...held, quantity: counted - book })),
  ];
  return { ...context, stock, unexplained };
}

/** The same goods under two lines would be counted twice. */
function refuseOverlap(lines: readonly CountedLine[]): void {
  const keys = lines.map(({ item, donation, lot, destination }) => [item, donation, lot, destination].join('/'));
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice === undefined) return;
  throw new Invalid([
    { field: 'lines', rule: 'must not count the same goods twice; name donation, lot or earmark', value: twice },
  ]);
}

/** One line for each earmark, donation and lot that the counted line covers, with its share of the difference. */
function counted(line: CountLineInput, index: number, context: StockContext): CountedLine[] {
  const stock = context.stock.filter((held) => covers(line, held));
  const difference = inBaseUnits(line.counted, line, context.sizes) - total(stock);
  const changes = difference < 0 ? missing(-difference, stock) : surplus(difference, line, index, stock, context);
  const rows = new Map(stock.map((held) => [keyOf(held), { held, book: held.quantity, change: 0 }]));
  for (const { quantity, ...held } of changes) {
    const row = rows.get(keyOf(held)) ?? { held: { ...held, quantity }, book: 0, change: 0 };
    rows.set(keyOf(held), { ...row, change: row.change + quantity });
  }
  return [...rows.values()].map(({ held: { account, item, donation, lot }, book, change }) => ({
    ...{ item, donation, lot, destination: account.destination, book, counted: book + change },
    ...packOf(line, context.sizes),
  }));
}

/** Free stock is missing first: promises are kept as long as they can be. */
function missing(quantity: number, stock: readonly Holding[]): Holding[] {
  const freeFirst = [...stock].sort((a, b) => Number(isFree(b)) - Number(isFree(a)));
  return draw(quantity, freeFirst).taken.map((held) => ({ ...held, quantity: -held.quantity }));
}

/** What an earlier count missed comes back where it was missed; the rest joins the stock it was counted with. */
function surplus(
  quantity: number,
  line: CountLineInput,
  index: number,
  stock: readonly Holding[],
  { unexplained }: StockContext,
): Holding[] {
  if (quantity === 0) return [];
  const { taken, missing: rest } = draw(
    quantity,
    unexplained.filter((held) => covers(line, held)),
  );
  if (rest === 0) return [...taken];
  const joined = stock[0] ?? newStock(line, index);
  return [...taken, { ...joined, quantity: rest }];
}

function newStock({ item, donation, lot = '', earmark = UNDECIDED }: CountLineInput, index: number): Holding {
  if (!donation)
    throw new Invalid([
      { field: `lines[${index}].donation`, rule: `must say whose ${item} these are: the books have none here` },
    ]);
  return { account: account('atHub', '', canonical(earmark)), item, donation, lot, quantity: 0 };
}

function covers({ item, donation, lot, earmark }: CountLineInput, held: Holding): boolean {
  const sameGoods = held.item === item && (!donation || held.donation === donation) && (!lot || held.lot === lot);
  return sameGoods && (!earmark || held.account.destination === canonical(earmark));
}

function isFree({ account }: Holding): boolean {
  return account.destination === UNDECIDED;
}

function keyOf({ account, item, donation, lot }: Omit<Holding, 'quantity'>): string {
  return [account.destination, item, donation, lot].join('/');
}
