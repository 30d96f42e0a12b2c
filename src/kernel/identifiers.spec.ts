// kernel: names of things and of events.
import fc from 'fast-check';
import { v5, validate, version } from 'uuid';
import { canonicalJson, eventId, fingerprint, PLACE_REFERENCE, REFERENCE, referenceFor } from './identifiers.js';

describe('an event id', () => {
  it('is the same on every try and on every machine', () => {
    expect(eventId('donation-D', '9f1c7f3e-0c1b-4a53-8d57-1f1a4d0a9b11', 0)).toBe(
      'a44c2266-cb71-5814-b76d-73307a09072d',
    );
    expect(eventId('donation-D', '9f1c7f3e-0c1b-4a53-8d57-1f1a4d0a9b11', 1)).toBe(
      '321e9288-5441-5645-a600-b0aa2848aec7',
    );
  });

  it('is a UUID of version 5, whatever the command id', () => {
    for (const id of ['x', 'a command id with spaces', '9f1c7f3e-0c1b-4a53-8d57-1f1a4d0a9b11']) {
      expect([validate(eventId('donation-D', id, 3)), version(eventId('donation-D', id, 3))]).toEqual([true, 5]);
    }
  });

  it('is what others make of the same name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.nat(), (stream, commandId, index) => {
        const others = v5(`${stream}/${commandId}/${index}`, '6f0a7f0e-58a4-4d0c-9b57-1c6d0a3f8f11');
        expect(eventId(stream, commandId, index)).toBe(others);
      }),
    );
  });

  it('differs for every command and every fact of it', () => {
    const ids = ['a', 'b', 'a/1'].flatMap((command) =>
      [0, 1, 10, 11].map((index) => eventId('donation-D', command, index)),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a reference', () => {
  it.each(['JMF', 'JMF-2020-03', 'A1B', '123', 'A'.repeat(40)])('may be %s', (text) => {
    expect([REFERENCE.test(text), PLACE_REFERENCE.test(text)]).toEqual([true, true]);
  });

  it.each(['IT', '7B'])('of a place may be as short as %s', (text) => {
    expect([REFERENCE.test(text), PLACE_REFERENCE.test(text)]).toEqual([false, true]);
  });

  it.each(['', 'A', 'jmf', '-JMF', 'JMF-', 'J_F', 'J F', 'JMF\n', 'A'.repeat(41), 'ÄBC', '../X'])(
    'is not %j',
    (text) => {
      expect([REFERENCE.test(text), PLACE_REFERENCE.test(text)]).toEqual([false, false]);
    },
  );

  it('for somebody who has none is the same on every try of a command', () => {
    expect(referenceFor('DON', 'a command')).toBe(referenceFor('DON', 'a command'));
    expect(referenceFor('DON', 'a command')).not.toBe(referenceFor('DON', 'another'));
    expect(referenceFor('DON', 'a command')).toMatch(/^DON-[0-9A-F]{12}$/);
    expect(referenceFor('CON', 'a command')).toMatch(REFERENCE);
  });
});

describe('a fingerprint', () => {
  const content = { donation: 'D', lines: [{ item: 'MASK', quantity: 1 }] };

  it('is equal for equal content', () => {
    expect(fingerprint(structuredClone(content))).toBe(fingerprint(content));
    expect(fingerprint(content)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('differs for other content', () => {
    const others = [
      { ...content, donation: 'E' },
      { ...content, lines: [] },
      { ...content, note: 'x' },
    ];
    expect(new Set([content, ...others].map(fingerprint)).size).toBe(4);
  });
});

describe('canonical JSON', () => {
  it('says the same whatever the order of fields, and nothing of fields that say nothing', () => {
    const one = { b: [{ d: null, c: 'x' }], a: undefined, 10: 1, 9: 2, when: new Date(0) };
    const other = { when: '1970-01-01T00:00:00.000Z', 9: 2, 10: 1, b: [{ c: 'x', d: null }] };

    expect(canonicalJson(one)).toBe(canonicalJson(other));
    expect(canonicalJson(one)).toBe('{"9":2,"10":1,"b":[{"c":"x","d":null}],"when":"1970-01-01T00:00:00.000Z"}');
  });

  it('reads back as what was said', () => {
    fc.assert(
      fc.property(fc.json(), (text) => expect(JSON.parse(canonicalJson(JSON.parse(text)))).toEqual(JSON.parse(text))),
    );
  });
});
