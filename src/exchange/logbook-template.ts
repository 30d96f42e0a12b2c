// exchange: an empty logbook with one example of each fact.
import { stringify } from 'csv-stringify/sync';
import { COLUMNS } from './forms.js';
import type { Filled } from './instruction.js';

const DONATION = { donation: 'EX-GIFT-1', item: 'EX-MASK' };
const BOX = { ...DONATION, consignment: 'EX-BOX-1' };
const STOCK = { ...DONATION, place: 'EX-HUB' };
const LOT = 'L-2020-03';
const BORDER = { consignment: 'EX-BOX-1', place: 'EX-HUB', mrn: '20BEEXAMPLE00001R4' };
const CLASSIFIED = { hs_code: '6307909810', hs_edition: 'HS2017', hs_authority: 'EU' };
const NEED = { country: 'IT', item: 'EX-MASK', quantity: '120000', needed_by: '2020-03-31' };
const note = 'Example: replace or delete this row.';

/** A story that can be imported as it stands, in this order; every reference in it begins with EX. */
const EXAMPLES: readonly Filled[] = [
  {
    ...{ fact: 'item', happened_at: '2020-03-02', item: 'EX-MASK', name: 'Example mask, FFP2', unit: 'piece' },
    packs: 'carton=2000|box=50',
  },
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
  { fact: 'request', happened_at: '2020-03-04', ...NEED, request: 'EX-NEED-1', recipient: 'EX-HOSPITAL' },
  { fact: 'request', happened_at: '2020-03-04', ...NEED, request: 'EX-NEED-2', note: 'Example: asked twice.' },
  { fact: 'withdraw-request', happened_at: '2020-03-05', request: 'EX-NEED-2' },
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
    ...{ fact: 'dispatch', happened_at: '2020-03-10T21:30+08:00', ...BOX, from: 'EX-FACTORY', to: 'EX-HUB' },
    ...{ lot: LOT, expiry: '2022-06-30', quantity: '240', pack: 'carton', destination: 'undecided' },
    ...{ mode: 'air', carrier: 'Example Cargo', vehicle: 'EX123', waybill: '123-45678905', eta: '2020-03-13' },
  },
  {
    ...{ fact: 'customs-entry', happened_at: '2020-03-12', ...BORDER, item: 'EX-MASK', ...CLASSIFIED },
    ...{ procedure: 'R', relief_basis: 'Decision (EU) 2020/491', export_authorisation: 'EX-EXPORT-1' },
  },
  { fact: 'arrival', happened_at: '2020-03-13T06:05+01:00', consignment: 'EX-BOX-1', place: 'EX-HUB' },
  { fact: 'customs-hold', happened_at: '2020-03-13T07:00+01:00', ...BORDER, reason: 'Relief claim is missing.' },
  { fact: 'customs-clearance', happened_at: '2020-03-13T14:00+01:00', ...BORDER, procedure: 'R' },
  {
    ...{ fact: 'receipt', happened_at: '2020-03-13T15:00+01:00', ...BOX, place: 'EX-HUB', lot: LOT },
    ...{ quantity: '478500', damaged: '500', document: 'GRN-0001', complete: 'no', counted_by: 'warehouse' },
  },
  { fact: 'loss', happened_at: '2020-03-14', ...BOX, lot: LOT, quantity: '1000', cause: 'lost' },
  { fact: 'found', happened_at: '2020-03-15', ...BOX, lot: LOT, quantity: '400', place: 'EX-HUB' },
  { fact: 'write-off', happened_at: '2020-03-15', ...STOCK, quantity: '500', out_of: 'damaged', cause: 'destroyed' },
  { fact: 'allocate', happened_at: '2020-03-16', ...STOCK, quantity: '60', pack: 'carton', destination: 'IT' },
  { fact: 'release', happened_at: '2020-03-17', ...STOCK, quantity: '20000', destination: 'IT', earmark: 'undecided' },
  {
    ...{ fact: 'dispatch', happened_at: '2020-03-17T08:00+01:00', ...DONATION, consignment: 'EX-BOX-2' },
    ...{ from: 'EX-HUB', to: 'IT', lot: LOT, quantity: '100000', mode: 'road', waybill: 'CMR-778' },
    ...{ seals: 'EX-SEAL-1|EX-SEAL-2', containers: 'CSQU3054383' },
  },
  {
    ...{ fact: 'delivery', happened_at: '2020-03-18T11:00+01:00', ...DONATION, consignment: 'EX-BOX-2' },
    ...{ recipient: 'EX-HOSPITAL', lot: LOT, quantity: '99000', rejected: '1000', cause: 'quality' },
    ...{ document: 'POD-0001', proof: 'confirmed', signed_by: 'EX-PERSON-1' },
  },
  {
    ...{ fact: 'return', happened_at: '2020-03-19', ...DONATION, consignment: 'EX-BOX-2', lot: LOT },
    ...{ quantity: '1000', place: 'EX-HUB' },
  },
  { fact: 'close', happened_at: '2020-03-19', consignment: 'EX-BOX-2' },
  {
    ...{ fact: 'dispatch', happened_at: '2020-03-18', ...DONATION, consignment: 'EX-BOX-3', from: 'EX-FACTORY' },
    ...{ to: 'EX-HUB', quantity: '20', pack: 'box' },
  },
  {
    ...{ fact: 'customs-refusal', happened_at: '2020-03-20', consignment: 'EX-BOX-3', place: 'EX-HUB' },
    ...{ mrn: '20BEEXAMPLE00003R2', reason: 'Not what was declared.' },
  },
  { fact: 'return', happened_at: '2020-03-21', ...DONATION, consignment: 'EX-BOX-3', quantity: '1000' },
  { fact: 'count', happened_at: '2020-03-21', ...STOCK, lot: LOT, quantity: '379850', counted_by: 'warehouse' },
  { fact: 'write-off', happened_at: '2020-03-21', ...STOCK, quantity: '50', out_of: 'unexplained', cause: 'lost' },
  { fact: 'hold-lot', happened_at: '2020-03-22', item: 'EX-MASK', lot: LOT, reason: 'Filters are tested again.' },
  { fact: 'recall-lot', happened_at: '2020-03-23', item: 'EX-MASK', lot: LOT, reason: 'Filters leak.' },
  { fact: 'release-lot', happened_at: '2020-03-24', item: 'EX-MASK', lot: LOT },
];

/** The header and the examples as CSV; the last row shows how an entry is taken back. */
export function logbookTemplate(): string {
  const rows = EXAMPLES.map((cells, index) => ({ note, source: 'Example', ...cells, entry: entryOf(index) }));
  const taken = EXAMPLES.findIndex(({ fact }) => fact === 'cancel-pledge');
  const undone = {
    ...{ entry: entryOf(EXAMPLES.length), fact: 'void', corrects: entryOf(taken), happened_at: '2020-03-25' },
    ...{ donation: 'EX-GIFT-2', note: `Example: ${entryOf(taken)} did not occur.`, source: 'Example' },
  };
  return stringify([...rows, undone], { header: true, columns: [...COLUMNS] });
}

function entryOf(index: number): string {
  return `EX-${String(index + 1).padStart(2, '0')}`;
}
