// duty relief: which goods count as cleared, and on what papers.
import type { ConsignmentFact } from '../consignment/consignment.events.js';
import type { Recorded } from '../kernel/recorded.js';
import { clearedIn } from './clearances.js';

const MRN = '20BE000000000001R1';
const MASK = { item: 'MASK', hs: { code: '63079098', edition: 'HS2017', authority: 'EU' } };
const SUIT = { item: 'SUIT', hs: { code: '62101092', edition: 'HS2017', authority: 'EU' } };
const countryOf = (place: string) => place.slice(0, 2);

/** Facts of one consignment, one a day. */
const history = (...facts: { type: string; data: object; day?: number }[]) =>
  facts.map(
    ({ type, data, day }, index) =>
      ({
        type,
        data: { consignment: 'C-1', ...data },
        happenedAt: `2020-03-${10 + (day ?? index)}`,
        position: index,
      }) as unknown as Recorded<ConsignmentFact>,
  );

const dispatched = {
  type: 'ConsignmentDispatched',
  data: { lines: [MASK, SUIT, MASK].map(({ item }) => ({ item, quantity: 100 })) },
};
const received = (good: number, complete = true) => ({
  type: 'GoodsReceived',
  data: { complete, grn: `GRN-${good}`, lines: [{ item: 'MASK', good, damaged: 5 }] },
});
const customs = (type: string, data: object = {}) => ({
  type: `Customs${type}`,
  data: { place: 'BELGG', goods: [], reason: '', ...data },
});
const cleared = (...facts: Parameters<typeof history>) => clearedIn(history(dispatched, ...facts), countryOf);

it('nothing is cleared that was only declared', () => {
  expect(cleared(customs('EntryLodged', { goods: [MASK] }))).toEqual([]);
});

it('a clearance that names goods covers these, as many as left', () => {
  expect(cleared(customs('Cleared', { goods: [MASK], mrn: MRN, procedure: 'R' }))).toEqual([
    {
      ...{ consignment: 'C-1', place: 'BELGG', happenedAt: '2020-03-11', item: 'MASK', quantity: 200, counted: false },
      ...{ hs: MASK.hs, mrn: MRN, mrnDoubtful: false, procedure: 'R', grns: [] },
    },
  ]);
});

it('a clearance that names none covers all that the consignment carries', () => {
  expect(cleared(customs('Cleared')).map(({ item, quantity }) => [item, quantity])).toEqual([
    ['MASK', 200],
    ['SUIT', 100],
  ]);
});

it('the count decides how many when it is complete, damaged pieces included', () => {
  const clearance = customs('Cleared', { goods: [MASK] });

  expect(cleared(clearance, received(190))).toMatchObject([{ quantity: 195, counted: true, grns: ['GRN-190'] }]);
  expect(cleared(clearance, received(90, false))).toMatchObject([{ quantity: 200, counted: false, grns: ['GRN-90'] }]);
  expect(cleared(clearance, received(90, false), received(95))).toMatchObject([{ quantity: 195, counted: true }]);
});

it('what the clearance does not repeat stands in the entry it answers', () => {
  const entry = { goods: [MASK], mrn: MRN, doubtful: ['mrn'], reliefBasis: 'Decision (EU) 2020/491', procedure: 'R' };

  expect(cleared(customs('EntryLodged', entry), customs('Cleared', { exportAuthorisation: 'X-1' }))).toMatchObject([
    {
      ...{ item: 'MASK', hs: MASK.hs, mrn: MRN, mrnDoubtful: true, procedure: 'R' },
      ...{ reliefBasis: 'Decision (EU) 2020/491', exportAuthorisation: 'X-1' },
    },
  ]);
});

it.each(['Held', 'Refused'])('goods that are %s after their clearance are not cleared', (word) => {
  expect(cleared(customs('Cleared'), customs(word))).toEqual([]);
  expect(cleared(customs(word), customs('Cleared'))).toHaveLength(2);
  expect(cleared(customs('Cleared'), customs(word), customs('Cleared', { goods: [MASK] }))).toHaveLength(1);
});

it('the order of what happened counts, not the order of recording', () => {
  expect(cleared({ ...customs('Cleared'), day: 5 }, { ...customs('Held'), day: 3 })).toHaveLength(2);
});

it('a hold of one declaration leaves another alone', () => {
  const first = customs('Cleared', { mrn: MRN, goods: [MASK] });

  expect(cleared(first, customs('Held', { mrn: '20BE000000000002R0' }))).toHaveLength(1);
  expect(cleared(first, customs('Held', { mrn: MRN }))).toEqual([]);
});

it('a word of another country leaves the clearance alone', () => {
  expect(cleared(customs('Cleared', { goods: [MASK] }), customs('Held', { place: 'ITROM' }))).toHaveLength(1);
});

it('goods that are cleared twice are counted once', () => {
  const second = customs('Cleared', { mrn: '20BE000000000002R0', goods: [MASK] });

  expect(cleared(customs('Cleared', { mrn: MRN, goods: [MASK, SUIT] }), second)).toMatchObject([
    { item: 'MASK', quantity: 200 },
    { item: 'SUIT', quantity: 100 },
    { item: 'MASK', mrn: '20BE000000000002R0' },
  ]);
  expect(cleared(customs('Cleared', { mrn: MRN, goods: [MASK] }), second)[1]).not.toHaveProperty('quantity');
});
