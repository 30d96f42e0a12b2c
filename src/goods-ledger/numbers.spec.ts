// goods ledger: numbers come out of a cell as they went in.
import { asBytes, asNumbers } from './numbers.js';

const MAX = Number.MAX_SAFE_INTEGER;

describe('numbers in a cell', () => {
  it.each`
    numbers                                            | bytes
    ${[]}                                              | ${4}
    ${[1, -2]}                                         | ${12}
    ${[1, 2_147_483_647, 70_000, -2_147_483_648]}      | ${20}
    ${[1, 2_147_483_648]}                              | ${16}
    ${[1, 5, 2, -2_147_483_649]}                       | ${32}
    ${[4_294_967_296, 0, 4_294_967_297, 1, MAX, -MAX]} | ${48}
  `('come back as $numbers from $bytes bytes', ({ numbers, bytes }) => {
    const stored = asBytes(new Float64Array(numbers));
    expect(stored.byteLength).toBe(bytes);
    expect([...asNumbers(stored)]).toEqual(numbers);
  });
});
