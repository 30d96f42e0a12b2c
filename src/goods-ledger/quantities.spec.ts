import fc from 'fast-check';
import { addQuantities, plus, quantitiesIn, type Quantities } from './quantities.js';

const MOST = 2 ** 31 - 1;
const LEAST = -(2 ** 31);
const WORD = 4;

const stored = (...quantities: [cell: number, quantity: number][]) => plus(undefined, new Map(quantities));
const everyCell = (cells: number, quantity: number) =>
  stored(...Array.from({ length: cells }, (_, nth): [number, number] => [nth + 1, quantity]));

function sumsOf(bytes: Uint8Array, last: number): number[] {
  const sums = new Float64Array(last + 1);
  addQuantities(bytes, sums);
  return [...sums.subarray(1)];
}

describe('what cells hold, in one cell of a table', () => {
  it.each<[string, [number, number][]]>([
    ['nothing', []],
    [
      'small quantities',
      [
        [1, 20_000],
        [700, -20_000],
      ],
    ],
    [
      'the largest that four bytes take',
      [
        [1, MOST],
        [2, LEAST],
      ],
    ],
    [
      'one more than four bytes take',
      [
        [1, MOST + 1],
        [2, 5],
      ],
    ],
    [
      'one less than four bytes take',
      [
        [1, 5],
        [2, LEAST - 1],
      ],
    ],
    [
      'the largest that can be counted',
      [
        [1, Number.MAX_SAFE_INTEGER],
        [2, Number.MIN_SAFE_INTEGER],
      ],
    ],
    [
      'cells with large numbers',
      [
        [65_535, 1],
        [4_000_000, 2],
      ],
    ],
    [
      'every cell',
      [
        [1, 5],
        [2, 6],
        [3, 7],
        [4, 8],
      ],
    ],
  ])('comes back as it was: %s', (_, quantities) => {
    expect(quantitiesIn(stored(...quantities))).toEqual(quantities);
  });

  it('takes a word a cell where most cells hold something', () => {
    expect(everyCell(340, 5)).toHaveLength(341 * WORD);
    expect(everyCell(341, 5)).toHaveLength(343 * WORD);
  });

  it('takes two words a cell where few do, and four where a quantity needs more than four bytes', () => {
    expect(stored([300, MOST], [301, 5])).toHaveLength(5 * WORD);
    expect(stored([300, MOST + 1], [301, 5])).toHaveLength(8 * WORD);
  });

  it('leaves out cells that hold nothing any more', () => {
    const held = stored([3, 10], [7, 2]);
    expect(plus(held, new Map([[3, -10]]))).toEqual(stored([7, 2]));
    expect(stored([3, 0])).toEqual(stored());
  });

  it('becomes long when a quantity outgrows four bytes, and short again when it comes back', () => {
    const short = stored([3, MOST]);
    const long = plus(short, new Map([[3, 1]]));
    expect(quantitiesIn(long)).toEqual([[3, MOST + 1]]);
    expect(plus(long, new Map([[3, -1]]))).toEqual(short);
  });

  it('leaves what was read as it was', () => {
    const before = everyCell(9, 10);
    plus(before, new Map([[3, 5]]));
    expect(before).toEqual(everyCell(9, 10));
  });

  it('refuses what can no longer be counted exactly', () => {
    expect(() => plus(stored([1, Number.MAX_SAFE_INTEGER]), new Map([[1, 1]]))).toThrow(RangeError);
  });

  it('is the same bytes in whatever order and parts it came, and adds up to the same sums', () => {
    const quantity = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(MOST, LEAST, 2 ** 40));
    const parts = fc.array(fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), quantity)));
    fc.assert(
      fc.property(parts, (pages) => {
        const each = pages.map((page): Quantities => new Map(page));
        const sums = Array.from({ length: 12 }, (_, nth) =>
          each.reduce((sum, page) => sum + (page.get(nth + 1) ?? 0), 0),
        );
        const bytes = each.reduce((before, page) => plus(before, page), stored());
        expect(sumsOf(bytes, 12)).toEqual(sums);
        expect(each.reduceRight((before, page) => plus(before, page), stored())).toEqual(bytes);
      }),
    );
  });

  it('adds nothing to cells that were not there when the sums were begun', () => {
    expect(sumsOf(everyCell(9, 5), 4)).toEqual([5, 5, 5, 5]);
    expect(sumsOf(stored([2, 5], [900, 5]), 4)).toEqual([0, 5, 0, 0]);
  });
});
