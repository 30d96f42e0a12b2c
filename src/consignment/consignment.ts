// consignment: the rules of goods under way. dispatched → arrived → received, delivered, lost, found, in any number of parts
import type { Holding } from '../goods-ledger/account.js';
import { Books } from '../goods-ledger/books.js';
import { postedOn } from '../goods-ledger/movements.js';
import { documented } from '../kernel/documented.js';
import type { Decider } from '../kernel/decider.js';
import { Refused, Unknown } from '../kernel/errors.js';
import { grouped } from '../kernel/quantity.js';
import type { CloseConsignment } from './consignment.commands.js';
import type { ConsignmentDispatched, ConsignmentFact, GoodsDelivered, GoodsReceived } from './consignment.events.js';
import type { CustomsFact } from './customs.events.js';

export type Consignment = { readonly status: 'none' } | UnderWay;

export interface UnderWay {
  readonly status: 'dispatched';
  readonly dispatch?: ConsignmentDispatched['data'];
  readonly arrivals: readonly string[];
  /** The latest receipt or delivery that has a document number. */
  readonly filed?: Filed;
  /** The latest word of customs. */
  readonly customs?: CustomsFact;
  readonly closed?: boolean;
  readonly books: Books;
}

type Document = (GoodsReceived | GoodsDelivered)['data'];

/** A numbered document, and the one before it: a chain grows by one without being copied. */
interface Filed {
  readonly number: string;
  readonly document: Document;
  readonly before: Filed | undefined;
}

const started: UnderWay = { status: 'dispatched', arrivals: [], books: Books.empty };

export const consignment: Decider<Consignment, ConsignmentFact> = {
  initial: { status: 'none' },
  evolve(before, fact) {
    const state = before.status === 'none' ? started : before;
    const after = { ...state, books: state.books.post(postedOn(state.books, fact).movements) };
    switch (fact.type) {
      case 'ConsignmentDispatched':
        return { ...after, dispatch: fact.data };
      case 'ConsignmentArrived':
        return { ...after, arrivals: [...state.arrivals, fact.data.place] };
      case 'GoodsReceived':
        return withDocument(after, fact.data.grn, fact.data);
      case 'GoodsDelivered':
        return withDocument(after, fact.data.pod, fact.data);
      case 'CustomsEntryLodged':
      case 'CustomsHeld':
      case 'CustomsCleared':
      case 'CustomsRefused':
        return { ...after, customs: { type: fact.type, data: fact.data } as CustomsFact };
      case 'ConsignmentClosed':
        return { ...after, closed: true };
      case 'GoodsLost':
      case 'GoodsFound':
      case 'GoodsReturned':
        return after;
      default:
        return fact satisfies never;
    }
  },
};

// Decisions

/** Refused while anything is under way, rejected or unexplained: a loss, a return, a find or a correction settles it. */
export function close(command: CloseConsignment, state: Consignment): ConsignmentFact[] {
  const { consignment } = command;
  const { closed, books } = known(state, consignment);
  if (closed) return [];
  const open = books
    .all()
    .filter(({ account, quantity }) => OPEN.includes(account.bucket) && quantity !== 0)
    .map(({ account, item, donation, lot, quantity }) => ({ bucket: account.bucket, item, donation, lot, quantity }));
  if (open.length === 0) return [{ type: 'ConsignmentClosed', data: { consignment, ...documented(command) } }];
  const rest = open.map(({ bucket, item, quantity }) => `${grouped(quantity)} ${item} ${WORDS[bucket]}`).join(', ');
  throw new Refused(
    'BALANCE_OPEN',
    `Consignment ${consignment} cannot be closed: ${rest}. Record what became of them first.`,
    { open },
  );
}

const OPEN: readonly string[] = ['inTransit', 'rejected', 'unexplained'];
const WORDS: Readonly<Record<string, string>> = {
  inTransit: 'still under way',
  rejected: 'rejected',
  unexplained: 'unexplained',
};

export function known(state: Consignment, id: string): UnderWay {
  if (state.status === 'none') throw new Unknown('consignment', id, 'Dispatch it first.');
  return state;
}

function withDocument(state: UnderWay, number: string | undefined, document: Document): UnderWay {
  return number === undefined ? state : { ...state, filed: { number, document, before: state.filed } };
}

/** What stands under a document number; of several, the latest. */
export function documentOf({ filed }: UnderWay, number: string): Document | undefined {
  let found = filed;
  while (found && found.number !== number) found = found.before;
  return found?.document;
}

/** Where the goods of a consignment are, as its own entries tell it. */
export function holdingsOf(state: Consignment): readonly Holding[] {
  return state.status === 'none' ? [] : state.books.all().filter(({ quantity }) => quantity !== 0);
}
