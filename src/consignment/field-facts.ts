// consignment: the rules of what happens on the way: arrived, counted, delivered, lost, found, returned.
import type { Beyond } from '../goods-ledger/account.js';
import { total, type Books } from '../goods-ledger/books.js';
import { postedOn } from '../goods-ledger/movements.js';
import { inBaseUnits, type PackSizes } from '../goods-ledger/packs.js';
import type { FieldFact } from '../kernel/command.js';
import { documented } from '../kernel/documented.js';
import { Contradicts, Invalid, Refused } from '../kernel/errors.js';
import { grouped } from '../kernel/quantity.js';
import type {
  RecordArrival,
  RecordDelivery,
  RecordFound,
  RecordLoss,
  RecordReceipt,
  RecordReturn,
} from './consignment.commands.js';
import type {
  Attachment,
  ConsignmentDispatched,
  ConsignmentFact,
  GoodsDelivered,
  GoodsLine,
  GoodsReceived,
} from './consignment.events.js';
import { documentOf, known, type Consignment, type UnderWay } from './consignment.js';
import { detailsOf, present } from './details.js';
import type { QuantityLineInput } from './lines.commands.js';

/** What the world outside the stream says of a field fact. */
export interface FactContext {
  readonly sizes: PackSizes;
  /** The photos and scans it names, as they were uploaded. */
  readonly attachments?: readonly Attachment[];
}

// Field facts

export function arrive(command: RecordArrival, state: Consignment): ConsignmentFact[] {
  const { arrivals } = known(state, command.consignment);
  if (arrivals.includes(command.place)) return [];
  const { consignment, place } = command;
  return [{ type: 'ConsignmentArrived', data: { consignment, place, ...documented(command) } }];
}

export function receive(command: RecordReceipt, state: Consignment, said: FactContext): ConsignmentFact[] {
  const current = known(state, command.consignment);
  const { consignment, hub, grn, countedBy, complete } = command;
  const lines = command.lines.map((line) => ({
    ...identified(line, current),
    good: inBaseUnits(line.good, line, said.sizes),
    damaged: inBaseUnits(line.damaged, line, said.sizes),
    ...detailsOf(line, line.good + line.damaged, said.sizes),
  }));
  const data = {
    consignment,
    hub,
    complete,
    lines,
    ...present({ grn, countedBy }),
    ...attached(said),
    ...documented(command),
  };
  return alreadyFiled(current, grn, data) ? [] : [asStated({ type: 'GoodsReceived', data }, command, current)];
}

export function deliver(command: RecordDelivery, state: Consignment, said: FactContext): ConsignmentFact[] {
  const current = known(state, command.consignment);
  const { consignment, recipient, proof, pod, signedBy } = command;
  const lines = command.lines.map((line) => ({
    ...identified(line, current),
    accepted: inBaseUnits(line.accepted, line, said.sizes),
    rejected: inBaseUnits(line.rejected, line, said.sizes),
    ...present({ cause: line.cause }),
    ...detailsOf(line, line.accepted + line.rejected, said.sizes),
  }));
  const country = command.country ?? current.dispatch?.country;
  if (!country)
    throw new Invalid([{ field: 'country', rule: 'must be stated: the dispatch of this consignment was voided' }]);
  const data = {
    consignment,
    country,
    recipient,
    proof,
    lines,
    ...present({ pod, signedBy }),
    ...attached(said),
    ...documented(command),
  };
  return alreadyFiled(current, pod, data) ? [] : [asStated({ type: 'GoodsDelivered', data }, command, current)];
}

export function lose(command: RecordLoss, state: Consignment, said: FactContext): ConsignmentFact[] {
  const current = known(state, command.consignment);
  const { consignment, cause } = command;
  const lines = command.lines.map((line) => pieces(line, current, said));
  return [
    asStated({ type: 'GoodsLost', data: { consignment, cause, lines, ...documented(command) } }, command, current),
  ];
}

export function find(command: RecordFound, state: Consignment, said: FactContext): ConsignmentFact[] {
  const current = known(state, command.consignment);
  const { consignment, hub } = command;
  const lines = command.lines.map((line) => pieces(line, current, said));
  const data = { consignment, lines, ...(hub && { hub }), ...documented(command) };
  return [asStated({ type: 'GoodsFound', data }, command, current)];
}

export function giveBack(command: RecordReturn, state: Consignment, said: FactContext): ConsignmentFact[] {
  const current = known(state, command.consignment);
  const { consignment, hub } = command;
  const lines = command.lines.map((line) => pieces(line, current, said));
  const data = { consignment, lines, ...present({ hub }), ...documented(command) };
  return [asStated({ type: 'GoodsReturned', data }, command, current)];
}

/** The fact, flagged when the books do not agree and the operator confirmed it. */
function asStated<F extends Exclude<ConsignmentFact, ConsignmentDispatched>>(
  fact: F,
  command: FieldFact,
  { books }: UnderWay,
): F {
  const { beyond } = postedOn(books, fact);
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

function pieces(line: QuantityLineInput, current: UnderWay, { sizes }: FactContext): GoodsLine {
  const quantity = inBaseUnits(line.quantity, line, sizes);
  return { ...identified(line, current), quantity, ...detailsOf(line, line.quantity, sizes) };
}

function attached({ attachments = [] }: FactContext): { attachments?: readonly Attachment[] } {
  return attachments.length > 0 ? { attachments } : {};
}

/** True when this very document was recorded before; the same number on another content is refused. */
function alreadyFiled(
  state: UnderWay,
  number: string | undefined,
  data: (GoodsReceived | GoodsDelivered)['data'],
): boolean {
  const before = number === undefined ? undefined : documentOf(state, number);
  if (!before) return false;
  const { contradiction: _flag, ...content } = before;
  if (JSON.stringify(inOrder(content)) === JSON.stringify(inOrder(data))) return true;
  throw new Refused(
    'DOCUMENT_NUMBER_USED',
    `${number} was recorded before on consignment ${data.consignment} with other content. Correct that entry, or use another number.`,
    { recorded: before },
  );
}

function inOrder(data: object): [string, unknown][] {
  return Object.entries(data).sort(([a], [b]) => a.localeCompare(b));
}
