// exchange: whole numbers as people write them.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wholeNumbers } from './whole-number.js';

describe('any grouping', () => {
  it.each([
    ['0', 0],
    ['1500', 1500],
    ['1,500', 1500],
    ['1.500', 1500],
    ["1'500", 1500],
    ['1’500', 1500],
    ['1 500', 1500],
    ['1\u00a0500', 1500],
    ['1\u202f500\u202f000', 1500000],
    ['12,345,678', 12345678],
    ['1,50', undefined],
    ['0,500', undefined],
    ['1,500.000', undefined],
    ['1500,000', undefined],
    ['12.5', undefined],
    ['-5', undefined],
    ['+5', undefined],
    ['1e3', undefined],
    ['', undefined],
    ['٣', undefined],
    ['9007199254740993', undefined],
  ])('%j is %p', (text, expected) => expect(wholeNumbers()(text)).toBe(expected));

  it('a number grouped in English is read back', () => {
    const english = (value: number) => value.toLocaleString('en-GB');
    fc.assert(fc.property(fc.nat({ max: 1_000_000_000 }), (value) => wholeNumbers()(english(value)) === value));
  });
});

describe('a stated form', () => {
  const german = wholeNumbers({ thousands: '.', decimal: ',' });
  it.each([
    ['1.500', 1500],
    ['1.500,00', 1500],
    ['1500,0', 1500],
    ['1,500', undefined],
    ['1.500,5', undefined],
    ["1'500", undefined],
  ])('%j is %p', (text, expected) => expect(german(text)).toBe(expected));

  it('may have no grouping at all', () => {
    expect(['1500', '1,500'].map(wholeNumbers({ thousands: '' }))).toEqual([1500, undefined]);
  });
});
