// kernel: a fact as the log will give it back.
import fc from 'fast-check';
import { asJson } from './as-json.js';

const throughJson = (value: object) => JSON.parse(JSON.stringify(value)) as object;

describe('a fact', () => {
  it('is itself when JSON changes nothing of it', () => {
    const plain = { item: 'MASK', quantity: 5, complete: true, gone: null, lines: [{ lot: '' }, ['口罩']] };

    expect(asJson(plain)).toBe(plain);
  });

  it.each([
    ['a field that says nothing', { lot: undefined }],
    [
      'a class',
      {
        line: new (class {
          item = 'MASK';
        })(),
      },
    ],
    ['a date', { when: new Date(0) }],
    ['a map', { packs: new Map([['carton', 1]]) }],
    ['a number that is none', { lines: [{ quantity: NaN }] }],
    ['minus nothing', { quantity: -0 }],
    ['a gap', { lines: Array<string>(2) }],
    ['what speaks for itself', { toJSON: () => ({ item: 'MASK' }) }],
  ])('is what JSON makes of %s', (_, odd) => {
    expect(asJson(odd)).toStrictEqual(throughJson(odd));
  });

  it('is what JSON makes of anything', () => {
    const anything = fc.object({
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    fc.assert(fc.property(anything, (value) => expect(asJson(value)).toStrictEqual(throughJson(value))));
  });
});
