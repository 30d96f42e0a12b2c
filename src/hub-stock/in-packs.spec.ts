// hub stock: quantities as a storekeeper counts them.
import { inPacks } from './in-packs.js';

const packs = [
  { name: 'box', holds: 50 },
  { name: 'carton', holds: 2_000 },
];

it.each([
  [936_012, 'piece', '468 cartons + 12 pieces'],
  [936_000, 'piece', '468 cartons'],
  [2_050, 'piece', '1 carton + 1 box'],
  [4_101, 'piece', '2 cartons + 2 boxes + 1 piece'],
  [12, 'set', '12 sets'],
  [0, 'piece', '0 pieces'],
  [4_000_000, 'piece', '2,000 cartons'],
])('%d %ss are %s', (quantity, unit, words) => {
  expect(inPacks(quantity, { unit, packs })).toBe(words);
});

it('a pack of several words keeps its name', () => {
  expect(inPacks(51, { unit: 'piece', packs: [{ name: 'box of 25', holds: 25 }] })).toBe('2 × box of 25 + 1 piece');
});

it('an item without packs, or less than nothing, is not counted in packs', () => {
  expect(inPacks(12, { unit: 'piece', packs: [] })).toBeUndefined();
  expect(inPacks(-12, { unit: 'piece', packs })).toBeUndefined();
});
