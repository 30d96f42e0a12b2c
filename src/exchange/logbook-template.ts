// exchange: an empty logbook with one example of each fact.
import { stringify } from 'csv-stringify/sync';
import { COLUMNS } from './forms.js';
import type { Filled } from './instruction.js';

const DONATION = { donation: 'EX-GIFT-1', item: 'EX-MASK' };
const BOX = { ...DONATION, consignment: 'EX-BOX-1' };
const STOCK = { ...DONATION, place: 'EX-HUB' };
const note = 'Example: replace or delete this row.';

/** A story that can be imported as it stands, in this order; every reference in it begins with EX. */
const EXAMPLES: readonly Filled[] = [
  { fact: 'item', happened_at: '2020-03-02', item: 'EX-MASK', name: 'Example mask, FFP2', unit: 'piece' },
  { fact: 'place', happened_at: '2020-03-02', place: 'EX-HUB', name: 'Example hub', kind: 'hub', country: 'BE' },
  {
    fact: 'place',
    happened_at: '2020-03-02',
    place: 'EX-FACTORY',
    name: 'Example factory',
    kind: 'warehouse',
    country: 'CN',
  },
  {
    fact: 'organisation',
    happened_at: '2020-03-02',
    organisation: 'EX-DONOR',
    name: 'Example foundation',
    country: 'CN',
  },
  {
    fact: 'organisation',
    happened_at: '2020-03-02',
    organisation: 'EX-HOSPITAL',
    name: 'Example hospital',
    country: 'IT',
  },
  {
    fact: 'pledge',
    happened_at: '2020-03-05',
    ...DONATION,
    donor: 'EX-DONOR',
    quantity: '400000',
    destination: 'Europe',
  },
  {
    fact: 'pledge',
    happened_at: '2020-03-05',
    donation: 'EX-GIFT-2',
    donor: 'EX-DONOR',
    note: 'Nothing announced yet.',
  },
  { fact: 'amend-pledge', happened_at: '2020-03-06', ...DONATION, quantity: '500,000', destination: 'Europe' },
  { fact: 'cancel-pledge', happened_at: '2020-03-07', donation: 'EX-GIFT-2' },
  {
    ...{
      fact: 'dispatch',
      happened_at: '2020-03-10T21:30+08:00',
      ...BOX,
      from: 'EX-FACTORY',
      to: 'EX-HUB',
      lot: 'L-2020-03',
    },
    ...{ quantity: '480000', destination: 'undecided', mode: 'air', carrier: 'Example Cargo', vehicle: 'EX123' },
    ...{ waybill: '123-45678901', eta: '2020-03-13' },
  },
  { fact: 'arrival', happened_at: '2020-03-13T06:05+01:00', consignment: 'EX-BOX-1', place: 'EX-HUB' },
  {
    ...{ fact: 'receipt', happened_at: '2020-03-13T15:00+01:00', ...BOX, place: 'EX-HUB', lot: 'L-2020-03' },
    ...{ quantity: '478500', damaged: '500', document: 'GRN-0001', complete: 'no' },
  },
  { fact: 'loss', happened_at: '2020-03-14', ...BOX, lot: 'L-2020-03', quantity: '1000', cause: 'lost' },
  { fact: 'found', happened_at: '2020-03-15', ...BOX, lot: 'L-2020-03', quantity: '400', place: 'EX-HUB' },
  { fact: 'allocate', happened_at: '2020-03-16', ...STOCK, quantity: '120000', destination: 'IT' },
  { fact: 'release', happened_at: '2020-03-17', ...STOCK, quantity: '20000', destination: 'IT', earmark: 'undecided' },
  {
    ...{
      fact: 'dispatch',
      happened_at: '2020-03-17T08:00+01:00',
      ...DONATION,
      consignment: 'EX-BOX-2',
      from: 'EX-HUB',
      to: 'IT',
    },
    ...{ lot: 'L-2020-03', quantity: '100000', mode: 'road', waybill: 'CMR-778' },
  },
  {
    ...{
      fact: 'delivery',
      happened_at: '2020-03-18T11:00+01:00',
      ...DONATION,
      consignment: 'EX-BOX-2',
      recipient: 'EX-HOSPITAL',
    },
    ...{
      lot: 'L-2020-03',
      quantity: '99000',
      rejected: '1000',
      cause: 'damaged',
      document: 'POD-0001',
      proof: 'confirmed',
    },
  },
];

/** The header and the examples as CSV; the last row shows how an entry is taken back. */
export function logbookTemplate(): string {
  const rows = EXAMPLES.map((cells, index) => ({ note, source: 'Example', ...cells, entry: entryOf(index) }));
  const taken = EXAMPLES.findIndex(({ fact }) => fact === 'cancel-pledge');
  const undone = {
    ...{ entry: entryOf(EXAMPLES.length), fact: 'void', corrects: entryOf(taken), happened_at: '2020-03-19' },
    ...{ donation: 'EX-GIFT-2', note: `Example: ${entryOf(taken)} did not occur.`, source: 'Example' },
  };
  return stringify([...rows, undone], { header: true, columns: [...COLUMNS] });
}

function entryOf(index: number): string {
  return `EX-${String(index + 1).padStart(2, '0')}`;
}
