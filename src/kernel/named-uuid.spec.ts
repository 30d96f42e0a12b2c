// kernel: ids of names, held against the library's.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { uuidsOf } from './named-uuid.js';

const NAMESPACE = '6f0a7f0e-58a4-4d0c-9b57-1c6d0a3f8f11';

describe('the id of a name', () => {
  const idOf = uuidsOf(NAMESPACE);

  it('is its UUID version 5, however long it is and in whatever script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        expect(idOf(name)).toBe(v5(name, NAMESPACE));
      }),
    );
  });

  it('differs from namespace to namespace', () => {
    expect(uuidsOf('0c8e5f57-9b0a-4b53-8a0e-0f9b6d6b2f4e')('D-1')).not.toBe(idOf('D-1'));
  });
});
