// hub stock: what must not leave.
import { account, type Holding } from '../goods-ledger/account.js';
import { free } from '../goods-ledger/stock.js';
import { withHolds, type StoppedConsignment } from './held.js';

const pile = (destination: string, quantity: number, { lot = '', donation = 'D-1' } = {}): Holding => ({
  ...{ account: account('atHub', 'BELGG', destination), item: 'MASK', donation, lot, quantity },
});
const held = (consignment: string, ...received: Holding[]): StoppedConsignment => ({
  ...{ consignment, status: 'held', reason: 'papers missing', received },
});
const freeOf = (lines: ReturnType<typeof withHolds>) =>
  Object.fromEntries(lines.map((line) => [line.account.destination, free(line)]));

it('nothing is stopped where nobody stopped anything', () => {
  expect(withHolds([pile('IT', 5)], [], [])).toEqual([{ ...pile('IT', 5), holds: [] }]);
});

it('all pieces of a recalled lot stay, with the reason; other lots may leave', () => {
  const recalled = { item: 'MASK', lot: 'L-1', status: 'recalled', reason: 'leaks', since: '2020-03-20' } as const;
  const [bad, good] = withHolds([pile('IT', 5, { lot: 'L-1' }), pile('FR', 7, { lot: 'L-2' })], [recalled], []);

  expect(bad!.holds).toEqual([{ by: 'lot', what: 'L-1', status: 'recalled', reason: 'leaks', quantity: 5 }]);
  expect(free(bad!)).toBe(0);
  expect(free(good!)).toBe(7);
});

it.each([['first'], ['last']])(
  'goods that customs hold are those of the earmark they came with, when it stands %s',
  (place) => {
    const stock = [pile('FR', 100), pile('IT', 100)];
    const lines = withHolds(place === 'first' ? stock : stock.reverse(), [], [held('C-2', pile('FR', 100))]);

    expect(freeOf(lines)).toEqual({ FR: 0, IT: 100 });
  },
);

it('allocating held goods does not free them', () => {
  const lines = withHolds([pile('IT', 60), pile('undecided', 40)], [], [held('C-2', pile('undecided', 100))]);

  expect(freeOf(lines)).toEqual({ IT: 0, undecided: 0 });
});

it('goods of another donation or lot are not held with them', () => {
  const stock = [pile('IT', 60, { donation: 'D-2' }), pile('FR', 60, { lot: 'L-1' })];

  expect(freeOf(withHolds(stock, [], [held('C-2', pile('IT', 100), pile('FR', 100))]))).toEqual({ IT: 60, FR: 60 });
});

it('two held consignments hold their goods together', () => {
  const lines = withHolds([pile('IT', 100)], [], [held('C-1', pile('IT', 30)), held('C-2', pile('IT', 50))]);

  expect(lines[0]!.holds.map(({ what, quantity }) => [what, quantity])).toEqual([
    ['C-1', 30],
    ['C-2', 50],
  ]);
  expect(freeOf(lines)).toEqual({ IT: 20 });
});
