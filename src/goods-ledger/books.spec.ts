// goods ledger: books as values, and drawing from holdings.
import * as relief from '../../test/support/relief.js';
import fc from 'fast-check';
import { account, accountKey, inOrder, lineKey, type Bucket, type Holding } from './account.js';
import { Books, draw, Postings, total } from './books.js';

const { held, inLiege } = relief;
const donor = account('donor', relief.DONATION, 'undecided');
const liege = account('atHub', relief.HUB, 'undecided');
const italy = account('atHub', relief.HUB, 'IT');
const masks = { item: 'MASK', donation: relief.DONATION, lot: '' };
const movement = { ...masks, from: donor, to: liege, quantity: 10 };

describe('books', () => {
  it('hold what was posted, on both sides', () => {
    const books = Books.empty.post([movement, movement]);
    expect(books.all()).toEqual([held('donor', relief.DONATION, 'undecided', -20), inLiege('undecided', 20)]);
    expect(books.holdings('atHub', relief.HUB)).toEqual([inLiege('undecided', 20)]);
  });

  it('are not changed by what is posted to them', () => {
    const books = Books.empty.post([movement]);
    books.post([movement]);
    expect(books.holdings('atHub', relief.HUB)).toEqual([inLiege('undecided', 10)]);
  });

  it('name no holding that came to zero', () => {
    const back = { ...movement, from: liege, to: donor };
    expect(Books.empty.post([movement, back]).holdings('atHub', relief.HUB)).toEqual([]);
  });

  it('hold the same, in the same order, whether little or much is posted at once', () => {
    const many = Array.from({ length: 240 }, (_, n) => {
      const to = account('atHub', relief.HUB, n % 3 ? 'IT' : 'undecided');
      return { ...movement, to, lot: `L${n % 120}`, quantity: 1 + n };
    });
    const little = many.reduce((books, each) => books.post([each]), Books.empty);
    const much = Books.empty.post(many.slice(0, 80)).post(many);
    const twice = many.slice(0, 80).reduce((books, each) => books.post([each]), Books.empty);
    expect(Books.empty.post(many).all()).toEqual(little.all());
    expect(much.all()).toEqual(many.reduce((books, each) => books.post([each]), twice).all());
  });

  it('tell items, donations and lots apart', () => {
    const kinds = [
      movement,
      { ...movement, item: 'VENTILATOR' },
      { ...movement, lot: 'L1' },
      { ...movement, donation: 'X-1' },
    ];
    expect(Books.empty.post(kinds).holdings('atHub', relief.HUB)).toHaveLength(4);
  });
});

describe('postings', () => {
  it('see what stood before and what they moved themselves', () => {
    const postings = new Postings(Books.empty.post([movement]));
    postings.move(liege, italy, masks, 4);
    expect(postings.holdings('atHub', relief.HUB)).toEqual([inLiege('IT', 4), inLiege('undecided', 6)]);
  });

  it('see what they moved after they were asked, and nothing of what came to zero', () => {
    const postings = new Postings(Books.empty.post([movement]));
    const asked = postings.holdings('atHub', relief.HUB);
    postings.move(liege, italy, masks, 10);
    postings.move(donor, italy, masks, 5);
    postings.move(donor, account('atHub', relief.HUB, 'FR'), masks, 1);
    expect(asked).toEqual([inLiege('undecided', 10)]);
    expect(postings.holdings('atHub', relief.HUB)).toEqual([inLiege('FR', 1), inLiege('IT', 15)]);
  });

  it('make no movement of nothing, or from an account to itself', () => {
    const postings = new Postings(Books.empty);
    postings.move(liege, italy, masks, 0);
    postings.move(liege, { ...liege }, masks, 5);
    expect(postings.movements).toEqual([]);
  });
});

describe('drawing from holdings', () => {
  const pools = [inLiege('IT', 5), inLiege('FR', -3), inLiege('undecided', 10)];

  it.each`
    wanted | quantities | missing
    ${0}   | ${[]}      | ${0}
    ${3}   | ${[3]}     | ${0}
    ${5}   | ${[5]}     | ${0}
    ${6}   | ${[5, 1]}  | ${0}
    ${15}  | ${[5, 10]} | ${0}
    ${16}  | ${[5, 10]} | ${1}
  `('takes $wanted in their order, never from what is overdrawn', ({ wanted, quantities, missing }) => {
    const drawn = draw(wanted, pools);
    expect(drawn.taken.map(({ quantity }) => quantity)).toEqual(quantities);
    expect(drawn.missing).toBe(missing);
  });

  it('adds up', () => {
    expect(total(pools)).toBe(12);
  });
});

describe('the order of holdings', () => {
  it('is that of the keys of account and line', () => {
    const names = fc.constantFrom('IT', 'IT+SI', 'IT-2', 'Africa', 'Western Africa', 'A', 'undecided', '');
    const holding = fc
      .tuple(fc.constantFrom<Bucket>('atHub', 'lost'), names, names, names, names, names, names)
      .map(([bucket, holder, destination, cause, item, donation, lot]): Holding => {
        return { account: account(bucket, holder, destination, cause), item, donation, lot, quantity: 1 };
      });
    const key = (held: Holding) => `${accountKey(held.account)}|${lineKey(held)}`;
    fc.assert(fc.property(fc.array(holding), (held) => expect(inOrder(held).map(key)).toEqual(held.map(key).sort())));
  });
});
