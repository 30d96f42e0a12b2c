// kernel: older forms of facts, read as today's.
import * as relief from '../../test/support/relief.js';
import { MemoryEventStore } from '../store/memory.event-store.js';
import { NO_STREAM } from './event-store.js';
import type { Fact } from './recorded.js';
import { schemaOf, upcast, upcasting, type AnyShapes } from './shapes.js';

const SHAPES: AnyShapes = {
  DonationPledged: [
    (data) => ({ ...data, donor: 'unknown' }),
    ({ donation, ...data }: { donation?: string }) => ({ ...data, gift: donation }),
  ],
  PledgeCancelled: [],
  EntryCorrected: [],
};
const first = { type: 'DonationPledged', data: { donation: 'D' } };
const second = { type: 'DonationPledged', data: { donation: 'D', donor: 'JMF' } };
const todays = { type: 'DonationPledged', data: { gift: 'D', donor: 'JMF' } };

const read = (fact: Fact, schema: number) => upcast(SHAPES, relief.entry(fact, { schema }));

describe('the schema of today', () => {
  it('is one more than there are upcasts', () => {
    expect([schemaOf(SHAPES, 'DonationPledged'), schemaOf(SHAPES, 'PledgeCancelled')]).toEqual([3, 1]);
  });

  it('is unknown for an event this version does not know', () => {
    expect(() => schemaOf(SHAPES, 'GoodsTeleported')).toThrow('GoodsTeleported is not an event this version knows.');
  });
});

describe('an entry', () => {
  it.each`
    shape           | fact      | schema | data
    ${'the first'}  | ${first}  | ${1}   | ${{ gift: 'D', donor: 'unknown' }}
    ${'the second'} | ${second} | ${2}   | ${{ gift: 'D', donor: 'JMF' }}
    ${"today's"}    | ${todays} | ${3}   | ${{ gift: 'D', donor: 'JMF' }}
  `("of $shape shape is read as today's", ({ fact, schema, data }) => {
    expect(read(fact, schema)).toEqual(relief.entry({ type: 'DonationPledged', data }, { schema: 3 }));
  });

  it('keeps its own data as it was written', () => {
    const entry = relief.entry(first, { schema: 1 });
    upcast(SHAPES, entry);
    expect(entry).toEqual(relief.entry(first, { schema: 1 }));
  });

  it.each([4, 99])('of schema %d was written by a newer version', (schema) => {
    expect(() => read(todays, schema)).toThrow(`DonationPledged has schema ${schema}, this version knows up to 3`);
  });

  it.each([0, -1])('of schema %d was written by nobody', (schema) => {
    expect(() => read(first, schema)).toThrow('DonationPledged has schema');
  });

  it('of an unknown type is not read', () => {
    expect(() => read({ type: 'GoodsTeleported', data: {} }, 1)).toThrow('not an event this version knows');
  });
});

describe('a correction', () => {
  const restating = (fact: Fact, schema: number) => {
    const correction = relief.corrected('D@0', fact);
    const restated = { ...correction.data.restated!, schema };
    return { ...correction, data: { ...correction.data, restated } };
  };

  it.each`
    shape          | fact      | schema
    ${'the first'} | ${first}  | ${1}
    ${"today's"}   | ${todays} | ${3}
  `("restates a fact of $shape shape in today's", ({ fact, schema }) => {
    const donor = schema === 1 ? 'unknown' : 'JMF';
    const today = restating({ type: 'DonationPledged', data: { gift: 'D', donor } }, 3);
    expect(read(restating(fact, schema), 1)).toEqual(relief.entry(today));
  });

  it('of a fact of a newer version is not read', () => {
    expect(() => read(restating(todays, 4), 1)).toThrow('DonationPledged has schema 4');
  });

  it('that restates nothing stays as it is', () => {
    expect(read(relief.corrected('D@0'), 1)).toEqual(relief.entry(relief.corrected('D@0')));
  });
});

describe('a store read in the shapes of today', () => {
  it('upcasts what it reads, by stream and as a whole, and writes as it is told', async () => {
    const store = new MemoryEventStore();
    const today = upcasting(store, SHAPES);
    let woken = 0;
    const stop = today.onAppended(() => woken++);
    const proposed = {
      ...first,
      schema: 1,
      id: 'e',
      happenedAt: relief.HAPPENED,
      fingerprint: '',
      ...relief.circumstances('c'),
    };
    expect(await today.append('donation-D', NO_STREAM, [proposed])).toEqual({ version: 0, position: 1 });
    stop();
    const read = [expect.objectContaining({ schema: 3, data: { gift: 'D', donor: 'unknown' } })];
    expect(await today.readStream('donation-D')).toEqual(read);
    expect(await today.readAll(0, 10)).toEqual(read);
    expect(await store.readStream('donation-D')).toMatchObject([{ schema: 1, data: first.data }]);
    expect([today.identity(), woken]).toEqual([store.identity(), 1]);
  });
});
