// exceptions: the steps that made a balance what it is.
import { describe, expect, it } from '@jest/globals';
import { account } from '../goods-ledger/account.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';
import { inWords, stepsSinceZero } from './goods.js';

const open = account('unexplained', 'C-1', 'IT');
const line = { item: 'MASK', donation: 'EU-1', lot: '' };

/** A movement on day `happened` into the balance, or out of it when negative. */
const moved = (about: number, happened: number, quantity: number, more: object = {}): MovementRow => {
  const other = account('inTransit', 'C-1', 'IT');
  const [from, to] = quantity > 0 ? [other, open] : [open, other];
  const times = { happened, reported: happened, recorded: happened, position: about };
  return { ...line, ...times, from, to, about, quantity: Math.abs(quantity), stream: 'consignment-C-1', ...more };
};
const steps = (...movements: MovementRow[]) =>
  stepsSinceZero(open, line, movements).map(({ about, happened, quantity }) => [about, happened, quantity]);

describe('a balance', () => {
  it.each`
    what                                     | movements                                             | expected
    ${'that was never opened'}               | ${[]}                                                 | ${[]}
    ${'that shrinks keeps all its steps'}    | ${[moved(1, 1, 8), moved(2, 2, -5)]}                  | ${[[1, 1, 8], [2, 2, -5]]}
    ${'that was explained has none'}         | ${[moved(1, 1, 8), moved(2, 2, -8)]}                  | ${[]}
    ${'opened again forgets the first time'} | ${[moved(1, 1, 8), moved(2, 2, -8), moved(3, 3, 2)]}  | ${[[3, 3, 2]]}
    ${'that changes sign opens anew'}        | ${[moved(1, 1, 8), moved(2, 2, -10)]}                 | ${[[2, 2, -2]]}
    ${'taken back by a correction has none'} | ${[moved(1, 1, 8), moved(1, 1, -8, { position: 9 })]} | ${[]}
    ${'restated on another day'}             | ${[moved(1, 1, 8), moved(1, 1, -8), moved(1, 4, 6)]}  | ${[[1, 4, 6]]}
    ${'of other goods does not count'}       | ${[moved(1, 1, 8, { lot: 'L7' })]}                    | ${[]}
  `('$what', ({ movements, expected }) => {
    expect(steps(...(movements as MovementRow[]))).toEqual(expected);
  });
});

it('goods read as people say them', () => {
  const goods = [
    { item: 'MASK', quantity: 3_000 },
    { item: 'FACE-SHIELD', quantity: 5 },
    { item: 'MASK', quantity: 1_000 },
  ];
  expect(inWords(goods)).toBe('5 FACE-SHIELD, 4,000 MASK');
});
