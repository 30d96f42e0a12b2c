// exchange: a legal reference for any text.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { REFERENCE } from '../kernel/identifiers.js';
import { cleanReference } from './reference.js';

describe('a short text', () => {
  it.each([
    ['FFP2-MASK', 'FFP2-MASK'],
    ['Masques FFP2 (boîte)', 'MASQUES-FFP2-BOITE'],
    ['  Straße 7 ', 'STRASSE-7'],
    ['100-CI-T01', '100-CI-T01'],
    ['a / b & c', 'A-B-C'],
  ])('%j becomes %s', (text, expected) => expect(cleanReference(text)).toBe(expected));

  it('is the same however its accents are written', () => {
    expect(cleanReference('boi\u0302te')).toBe(cleanReference('boîte'));
  });
});

describe('a text that loses letters', () => {
  it.each([
    [
      'is too long',
      'HIV, Reveal G3 Rapid HIV-1 Antibody Test, 30 Tests',
      /^HIV-REVEAL-G3-RAPID-HIV-1-ANT-[0-9A-Z]{10}$/,
    ],
    ['is too short', 'A', /^A-[0-9A-Z]{10}$/],
    ['is in another script', '口罩', /^[0-9A-Z]{10}$/],
    ['has a letter without an accent to strip', 'Łódź', /^ODZ-[0-9A-Z]{10}$/],
  ])('ends in a digest when it %s', (_why, text, expected) => expect(cleanReference(text)).toMatch(expected));
});

const long = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
  .map((tail) => `Nevirapine 10mg/ml, oral suspension, bottle ${tail}`);

describe('any text', () => {
  it('gives a legal reference', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => REFERENCE.test(cleanReference(text))),
    );
  });

  it('gives the same reference again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => cleanReference(text) === cleanReference(` ${text} `)),
    );
  });

  it('two long texts never share one, even when they begin alike', () => {
    const distinct = fc.uniqueArray(long, {
      minLength: 2,
      maxLength: 50,
      selector: (text) => text.trim().normalize('NFC'),
    });
    fc.assert(fc.property(distinct, (texts) => new Set(texts.map(cleanReference)).size === texts.length));
  });
});
