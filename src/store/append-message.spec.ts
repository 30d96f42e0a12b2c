// store: what the writer's thread is given is what was to be appended.
import { packed, unpacked } from './append-message.js';
import type { Payload } from './envelope.js';

const event = (n: number, more: Partial<Payload> = {}): Payload => ({
  ...{ id: `id-${n}`, type: 'Noted', schema: n, data: `{"n":${n}}`, metadata: '{}', ...more },
});

describe('appends that are sent to the writer', () => {
  it('arrive as they were, in their order, with the dates of those that state one', () => {
    const requests = [
      { stream: 'donation-A', expected: -1, events: [event(1), event(2, { recordedAt: 0 }), event(3)] },
      { stream: 'donation-口罩', expected: 7, events: [event(4, { recordedAt: 1_584_360_000_000 })] },
      { stream: 'donation-A', expected: 2, events: [event(5), event(6)] },
    ];

    expect(unpacked(structuredClone(packed(requests)))).toStrictEqual(requests);
  });
});
