// consignment: the rules of goods under way. dispatched → arrived → received, delivered, lost, found, in any number of parts
import type { Holding } from '../goods-ledger/account.js';
import { Books, total } from '../goods-ledger/books.js';
import { movementsOf, type Beyond } from '../goods-ledger/movements.js';
import { documented, type FieldFact } from '../kernel/command.js';
import type { Decider } from '../kernel/decider.js';
import { Contradicts, Invalid, Refused, Unknown } from '../kernel/errors.js';
import { grouped } from '../kernel/quantity.js';
import type { RecordArrival, RecordDelivery, RecordFound, RecordLoss, RecordReceipt } from './consignment.commands.js';
import type {
  ConsignmentDispatched,
  ConsignmentFact,
  GoodsDelivered,
  GoodsLine,
  GoodsReceived,
} from './consignment.events.js';

export type Consignment = { readonly status: 'none' } | UnderWay;

export interface UnderWay {
  readonly status: 'dispatched';
  readonly dispatch?: ConsignmentDispatched['data'];
  readonly arrivals: readonly string[];
  /** Receipts and deliveries by their document number. */
  readonly documents: ReadonlyMap<string, (GoodsReceived | GoodsDelivered)['data']>;
  readonly books: Books;
}

const started: UnderWay = { status: 'dispatched', arrivals: [], documents: new Map(), books: Books.empty };

export const consignment: Decider<Consignment, ConsignmentFact> = {
  initial: { status: 'none' },
  evolve(before, fact) {
    const state = before.status === 'none' ? started : before;
    const after = { ...state, books: state.books.post(movementsOf(fact, state.books).movements) };
    switch (fact.type) {
      case 'ConsignmentDispatched':
        return { ...after, dispatch: fact.data };
      case 'ConsignmentArrived':
        return { ...after, arrivals: [...state.arrivals, fact.data.place] };
      case 'GoodsReceived':
        return { ...after, documents: filed(state, fact.data.grn, fact.data) };
      case 'GoodsDelivered':
        return { ...after, documents: filed(state, fact.data.pod, fact.data) };
      case 'GoodsLost':
      case 'GoodsFound':
        return after;
      default:
        return fact satisfies never;
    }
  },
};

// Field facts

export function arrive(command: RecordArrival, state: Consignment): ConsignmentFact[] {
  const { arrivals } = known(state, command.consignment);
  if (arrivals.includes(command.place)) return [];
  const { consignment, place } = command;
  return [{ type: 'ConsignmentArrived', data: { consignment, place, ...documented(command) } }];
}

export function receive(command: RecordReceipt, state: Consignment): ConsignmentFact[] {
  const current = known(state, command.consignment);
  const { consignment, hub, grn, complete } = command;
  const lines = command.lines.map((line) => ({ ...identified(line, current), good: line.good, damaged: line.damaged }));
  const data = { consignment, hub, complete, lines, ...(grn && { grn }), ...documented(command) };
  return alreadyFiled(current, grn, data) ? [] : [asStated({ type: 'GoodsReceived', data }, command, current)];
}

export function deliver(command: RecordDelivery, state: Consignment): ConsignmentFact[] {
  const current = known(state, command.consignment);
  const { consignment, recipient, proof, pod } = command;
  const lines = command.lines.map((line) => ({
    ...identified(line, current),
    accepted: line.accepted,
    rejected: line.rejected,
    ...(line.cause && { cause: line.cause }),
  }));
  const country = command.country ?? current.dispatch?.country;
  if (!country)
    throw new Invalid([{ field: 'country', rule: 'must be stated: the dispatch of this consignment was voided' }]);
  const data = { consignment, country, recipient, proof, lines, ...(pod && { pod }), ...documented(command) };
  return alreadyFiled(current, pod, data) ? [] : [asStated({ type: 'GoodsDelivered', data }, command, current)];
}

export function lose(command: RecordLoss, state: Consignment): ConsignmentFact[] {
  const current = known(state, command.consignment);
  const { consignment, cause } = command;
  const lines = command.lines.map((line) => ({ ...identified(line, current), quantity: line.quantity }));
  return [
    asStated({ type: 'GoodsLost', data: { consignment, cause, lines, ...documented(command) } }, command, current),
  ];
}

export function find(command: RecordFound, state: Consignment): ConsignmentFact[] {
  const current = known(state, command.consignment);
  const { consignment, hub } = command;
  const lines = command.lines.map((line) => ({ ...identified(line, current), quantity: line.quantity }));
  const data = { consignment, lines, ...(hub && { hub }), ...documented(command) };
  return [asStated({ type: 'GoodsFound', data }, command, current)];
}

/** The fact, flagged when the books do not agree and the operator confirmed it. */
function asStated<F extends Exclude<ConsignmentFact, ConsignmentDispatched>>(
  fact: F,
  command: FieldFact,
  { books }: UnderWay,
): F {
  const { beyond } = movementsOf(fact, books);
  if (beyond.length === 0) return fact;
  if (command.contradiction === 'confirmed') {
    if (!command.note)
      throw new Invalid([
        { field: 'note', rule: 'must say why the books are wrong when a contradiction is confirmed' },
      ]);
    return { ...fact, data: { ...fact.data, contradiction: 'confirmed' } };
  }
  throw contradiction(fact.data.consignment, beyond, books);
}

function contradiction(consignment: string, beyond: readonly Beyond[], books: Books): Contradicts {
  const underWay = books
    .all()
    .filter(({ account, quantity }) => account.bucket === 'inTransit' && quantity > 0)
    .map(({ account, item, donation, lot, quantity }) => ({
      item,
      donation,
      lot,
      destination: account.destination,
      quantity,
    }));
  const sentence = beyond.map(({ item, quantity }) => {
    const have = total(underWay.filter((held) => held.item === item));
    return `Consignment ${consignment} has ${grouped(have)} ${item} under way: you state ${grouped(quantity)} more than the books hold.`;
  });
  return new Contradicts(sentence.join(' '), { beyond, underWay });
}

function known(state: Consignment, id: string): UnderWay {
  if (state.status === 'none') throw new Unknown('consignment', id, 'Dispatch it first.');
  return state;
}

/** The line with its donation: stated, or the only one this consignment carries of the item. */
function identified(
  { item, donation, lot = '' }: { item: string; donation?: string; lot?: string },
  { dispatch }: UnderWay,
): Omit<GoodsLine, 'quantity'> {
  if (donation) return { item, donation, lot };
  const possible = [...new Set(dispatch?.lines.filter((line) => line.item === item).map((line) => line.donation))];
  if (possible.length === 1) return { item, donation: possible[0]!, lot };
  const among = possible.length ? `one of ${possible.join(', ')}` : `the consignment carries no ${item}`;
  throw new Invalid([{ field: 'lines.donation', rule: `must say whose ${item} these are: ${among}` }]);
}

/** True when this very document was recorded before; the same number on another content is refused. */
function alreadyFiled(
  state: UnderWay,
  number: string | undefined,
  data: (GoodsReceived | GoodsDelivered)['data'],
): boolean {
  const before = number === undefined ? undefined : state.documents.get(number);
  if (!before) return false;
  const { contradiction: _flag, ...content } = before;
  if (JSON.stringify(inOrder(content)) === JSON.stringify(inOrder(data))) return true;
  throw new Refused(
    'DOCUMENT_NUMBER_USED',
    `${number} was recorded before on consignment ${data.consignment} with other content. Correct that entry, or use another number.`,
    { recorded: before },
  );
}

function filed(state: UnderWay, number: string | undefined, data: (GoodsReceived | GoodsDelivered)['data']) {
  return number === undefined ? state.documents : new Map(state.documents).set(number, data);
}

function inOrder(data: object): [string, unknown][] {
  return Object.entries(data).sort(([a], [b]) => a.localeCompare(b));
}

/** Where the goods of a consignment are, as its own entries tell it. */
export function holdingsOf(state: Consignment): readonly Holding[] {
  return state.status === 'none' ? [] : state.books.all().filter(({ quantity }) => quantity !== 0);
}
