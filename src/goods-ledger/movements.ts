// goods ledger: what each fact moves. The whole double entry of the house is on this page and pure.
import type { CatalogueFact } from '../catalogue/catalogue.events.js';
import type {
  ConsignmentDispatched,
  ConsignmentFact,
  GoodsDelivered,
  GoodsFound,
  GoodsLost,
  GoodsReceived,
  GoodsReturned,
} from '../consignment/consignment.events.js';
import type { DonationFact, PledgeLine } from '../donation/donation.events.js';
import type { HubFact, StockCounted, StockWrittenOff } from '../hub/hub.events.js';
import type { LotFact } from '../lot/lot.events.js';
import type { RequestFact } from '../request/request.events.js';
import { account, type Bucket, type Posted } from './account.js';
import type { Balances, Books } from './books.js';
import { UNDECIDED } from './destination.js';
import { Taking } from './taking.js';

export type GoodsFact = DonationFact | ConsignmentFact | HubFact | LotFact | RequestFact | CatalogueFact;

/** The movements of a fact, given the balances of its own donation or consignment before it. */
export function movementsOf(fact: GoodsFact, books: Balances): Posted {
  const posting = new Posting(books);
  switch (fact.type) {
    case 'DonationPledged':
    case 'PledgeAmended':
      posting.pledge(fact.data.donation, fact.data.lines);
      break;
    case 'PledgeCancelled':
      posting.pledge(fact.data.donation, []);
      break;
    case 'ConsignmentDispatched':
      posting.dispatch(fact.data);
      break;
    case 'GoodsReceived':
      posting.receive(fact.data);
      break;
    case 'GoodsDelivered':
      posting.deliver(fact.data);
      break;
    case 'GoodsLost':
      posting.lose(fact.data);
      break;
    case 'GoodsFound':
      posting.find(fact.data);
      break;
    case 'GoodsReturned':
      posting.giveBack(fact.data);
      break;
    case 'StockAllocated':
    case 'AllocationReleased':
      for (const line of fact.data.lines) {
        const { hub } = fact.data;
        posting.move(account('atHub', hub, line.from), account('atHub', hub, line.to), line, line.quantity);
      }
      break;
    case 'StockCounted':
      posting.count(fact.data);
      break;
    case 'StockWrittenOff':
      posting.writeOff(fact.data);
      break;
    case 'ConsignmentArrived':
    case 'ConsignmentClosed':
    case 'CustomsEntryLodged':
    case 'CustomsHeld':
    case 'CustomsCleared':
    case 'CustomsRefused':
    case 'LotHeld':
    case 'LotReleased':
    case 'LotRecalled':
    case 'RequestRecorded':
    case 'RequestWithdrawn':
    case 'ItemRegistered':
    case 'ItemAmended':
    case 'PlaceRegistered':
    case 'PlaceAmended':
    case 'OrganisationRegistered':
    case 'OrganisationAmended':
    case 'RouteRegistered':
    case 'RouteAmended':
      break;
    default:
      return fact satisfies never;
  }
  return posting;
}

/** The same on books of one record: what decides about a fact asks first, what folds it then has the answer. */
export function postedOn(books: Books, fact: GoodsFact): Posted {
  return books.posted(fact.data, () => movementsOf(fact, books));
}

class Posting extends Taking implements Posted {
  /** Makes the pledge book of a donation say exactly `lines`. */
  pledge(donation: string, lines: readonly PledgeLine[]): void {
    const promised = account('promised', donation, UNDECIDED);
    const wanted = new Map<string, PledgeLine>();
    for (const line of lines) {
      const key = `${line.item}/${line.destination}`;
      wanted.set(key, { ...line, quantity: line.quantity + (wanted.get(key)?.quantity ?? 0) });
    }
    for (const held of this.holdings('pledged', donation)) {
      const key = `${held.item}/${held.account.destination}`;
      const change = (wanted.get(key)?.quantity ?? 0) - held.quantity;
      wanted.delete(key);
      if (change > 0) this.move(promised, held.account, held, change);
      else this.move(held.account, promised, held, -change);
    }
    for (const { item, quantity, destination } of wanted.values()) {
      this.move(promised, account('pledged', donation, destination), { item, donation, lot: '' }, quantity);
    }
  }

  dispatch({ consignment, from, fromHub, lines }: ConsignmentDispatched['data']): void {
    for (const line of lines) {
      const origin = fromHub
        ? account('atHub', from, line.earmark ?? line.destination)
        : account('donor', line.donation, UNDECIDED);
      this.move(origin, account('inTransit', consignment, line.destination), line, line.quantity);
    }
  }

  receive({ consignment, hub, lines, complete }: GoodsReceived['data']): void {
    for (const line of lines) {
      this.take(consignment, line, line.good, ['inTransit', 'unexplained'], (held) => account('atHub', hub, held));
      this.take(consignment, line, line.damaged, ['inTransit', 'unexplained'], (held) => account('damaged', hub, held));
    }
    if (!complete) return;
    for (const missing of this.holdings('inTransit', consignment)) {
      const { account: held, quantity } = missing;
      this.move(held, account('unexplained', consignment, held.destination), missing, quantity);
    }
  }

  deliver({ consignment, country, recipient, proof, lines }: GoodsDelivered['data']): void {
    const bucket = proof === 'confirmed' ? 'deliveredConfirmed' : 'deliveredReported';
    for (const line of lines) {
      const from: Bucket[] = ['inTransit', 'rejected', 'unexplained'];
      this.take(consignment, line, line.accepted, from, () => account(bucket, recipient, country), country);
      this.take(
        consignment,
        line,
        line.rejected,
        ['inTransit', 'unexplained'],
        (held) => account('rejected', consignment, held),
        country,
      );
    }
  }

  lose({ consignment, cause, lines }: GoodsLost['data']): void {
    for (const line of lines) {
      const from: Bucket[] = ['inTransit', 'unexplained', 'rejected'];
      this.take(consignment, line, line.quantity, from, (held) => account('lost', consignment, held, cause));
    }
  }

  find({ consignment, hub, lines }: GoodsFound['data']): void {
    for (const line of lines) {
      this.take(consignment, line, line.quantity, ['lost', 'unexplained'], (held) =>
        hub ? account('atHub', hub, held) : account('inTransit', consignment, held),
      );
    }
  }

  giveBack({ consignment, hub, lines }: GoodsReturned['data']): void {
    for (const line of lines) {
      this.take(consignment, line, line.quantity, ['rejected', 'inTransit', 'unexplained'], (held) =>
        hub ? account('atHub', hub, held) : account('returned', consignment, held),
      );
    }
  }

  /** Missing pieces become unexplained, surplus ones come out of it. */
  count({ hub, lines }: StockCounted['data']): void {
    for (const { destination, book, counted, ...line } of lines) {
      const [stock, open] = [account('atHub', hub, destination), account('unexplained', hub, destination)];
      if (counted < book) this.move(stock, open, line, book - counted);
      else this.move(open, stock, line, counted - book);
    }
  }

  writeOff({ hub, outOf, cause, lines }: StockWrittenOff['data']): void {
    const bucket = ({ stock: 'atHub', damaged: 'damaged', unexplained: 'unexplained' } as const)[outOf];
    for (const { destination, ...line } of lines) {
      this.move(account(bucket, hub, destination), account('lost', hub, destination, cause), line, line.quantity);
    }
  }
}
