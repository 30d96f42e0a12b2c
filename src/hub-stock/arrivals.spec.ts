// hub stock: what came in when.
import { account } from '../goods-ledger/account.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';
import { arrivalsAt, oldestOf, receivedByConsignment } from './arrivals.js';

const DAY = 86_400_000;
const transit = account('inTransit', 'C-1', 'IT');
const stock = (destination = 'IT', hub = 'BELGG') => account('atHub', hub, destination);

let position = 0;
const moved = (from: MovementRow['from'], to: MovementRow['to'], quantity: number, more: Partial<MovementRow> = {}) => {
  const at = ++position;
  const times = { happened: DAY, reported: DAY, recorded: DAY };
  const line = { item: 'MASK', donation: 'D-1', lot: '' };
  return { from, to, quantity, ...line, ...times, position: at, about: at, stream: 'consignment-C-1', ...more };
};

it('what comes from outside arrives; what leaves, is allocated or lies elsewhere does not', () => {
  const movements = [
    moved(transit, stock(), 100),
    moved(stock(), stock('FR'), 40),
    moved(stock(), transit, 10),
    moved(transit, stock('IT', 'ETADD'), 7),
  ];

  expect(arrivalsAt('BELGG', movements)).toEqual([
    { item: 'MASK', donation: 'D-1', lot: '', happened: DAY, quantity: 100 },
  ]);
});

it('a receipt that did not occur leaves no arrival, a restated one only the right one', () => {
  const wrong = moved(transit, stock(), 100);
  const undone = moved(stock(), transit, 100, { about: wrong.about });
  const right = moved(transit, stock(), 90, { about: wrong.about, happened: 2 * DAY });

  expect(arrivalsAt('BELGG', [wrong, undone])).toEqual([]);
  expect(arrivalsAt('BELGG', [wrong, undone, right])).toMatchObject([{ happened: 2 * DAY, quantity: 90 }]);
});

describe('the oldest piece, when the oldest leave first,', () => {
  const arrivals = arrivalsAt('BELGG', [
    moved(transit, stock(), 100, { happened: 1 * DAY }),
    moved(transit, stock(), 50, { happened: 5 * DAY }),
    moved(transit, stock(), 10, { happened: 9 * DAY }),
  ]);

  it.each([
    [160, 1],
    [61, 1],
    [60, 5],
    [11, 5],
    [10, 9],
    [1, 9],
  ])('of %d came on day %d', (quantity, day) => {
    expect(oldestOf(quantity, arrivals)).toBe(day * DAY);
  });

  it('of more than ever came is the first', () => {
    expect(oldestOf(1_000, arrivals)).toBe(DAY);
  });

  it('of nothing is none', () => {
    expect(oldestOf(0, arrivals)).toBeUndefined();
    expect(oldestOf(1, [])).toBeUndefined();
  });
});

it('a consignment brought what it left at the hub, by earmark', () => {
  const other = { stream: 'consignment-C-2' };
  const received = receivedByConsignment('BELGG', [
    moved(transit, stock(), 100),
    moved(transit, stock('FR'), 20),
    moved(stock(), transit, 60, other),
    moved(transit, stock(), 60, other),
    moved(account('unexplained', 'BELGG', 'IT'), stock(), 5, { stream: 'hub-BELGG' }),
  ]);

  expect([...received].map(([consignment, goods]) => [consignment, goods.map(({ quantity }) => quantity)])).toEqual([
    ['C-1', [100, 20]],
    ['C-2', []],
  ]);
});
