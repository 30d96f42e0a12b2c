import { asBytes, asNumbers } from './numbers.js';
import { plus, quantitiesIn } from './totals.js';

const bytesOf = (...numbers: number[]) => asBytes(Float64Array.from(numbers));
const numbersOf = (...numbers: number[]) => [...asNumbers(bytesOf(...numbers))];

const MOST = 2 ** 31 - 1;
const LEAST = -(2 ** 31);

describe('cells and quantities in one cell of a table', () => {
  it.each([
    ['none', []],
    ['small ones', [1, 20_000, 7, -20_000]],
    ['the largest that four bytes take', [1, MOST, 2, LEAST]],
    ['one more than four bytes take', [1, MOST + 1, 2, 5]],
    ['one less than four bytes take', [1, 5, 2, LEAST - 1]],
    ['the largest that can be counted', [1, Number.MAX_SAFE_INTEGER, 2, Number.MIN_SAFE_INTEGER]],
  ])('come back as they were: %s', (_, numbers) => {
    expect(numbersOf(...numbers)).toEqual(numbers);
  });

  it('take half the room while all of them are small', () => {
    expect(bytesOf(1, MOST, 2, 5)).toHaveLength(4 + 4 * 4);
    expect(bytesOf(1, MOST + 1, 2, 5)).toHaveLength(4 * 8);
  });

  it('become long when a quantity outgrows four bytes, and short again when it comes back', () => {
    const short = plus(undefined, new Map([[3, MOST]]));
    const long = plus(short, new Map([[3, 1]]));
    expect(quantitiesIn(long)).toEqual([[3, MOST + 1]]);
    expect(plus(long, new Map([[3, -1]]))).toEqual(short);
  });

  it('leave what was read as it was', () => {
    const stored = plus(undefined, new Map([[3, 10]]));
    plus(stored, new Map([[3, 5]]));
    expect(quantitiesIn(stored)).toEqual([[3, 10]]);
  });
});
