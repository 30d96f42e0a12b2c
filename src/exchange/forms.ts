// exchange: the dictionary of the logbook: what each fact word means, as data. A new command is one entry here.
import { wholeNumbers } from './whole-number.js';

/** The columns of a logbook, in the order of the template. */
export const COLUMNS = [
  ...['entry', 'fact', 'corrects', 'happened_at', 'reported_at'],
  ...['donation', 'donor', 'consignment', 'from', 'to', 'place', 'recipient', 'organisation', 'country'],
  ...['item', 'lot', 'quantity', 'damaged', 'rejected', 'destination', 'earmark'],
  ...['mode', 'carrier', 'vehicle', 'waybill', 'eta', 'document', 'complete', 'proof', 'cause'],
  ...['name', 'kind', 'unit', 'contradiction', 'note', 'source'],
] as const;
export type Column = (typeof COLUMNS)[number];

/** Which cell fills a field of a command, and how the cell is read. */
export interface Cell {
  readonly column: Column;
  /** Undefined when the text does not fit. */
  read(text: string): unknown;
  readonly rule?: string;
  /** Stands for an empty cell; without it the field is left out. */
  readonly empty?: unknown;
}

export type Cells = Readonly<Record<string, Cell>>;
export type Room = 'catalogue' | 'donation' | 'consignment' | 'hub';

export interface Form {
  readonly command: string;
  /** The record that the fact is written to: its room, and the column that names it. */
  readonly room: Room;
  readonly id: Column;
  readonly fields: Cells;
  /** Several rows of one entry are lines of one fact; without it, an entry is one row. */
  readonly line?: Cells;
  /** The place whose stock the fact changes, if it is a hub. */
  readonly stockAt?: Column;
}

const text = (column: Column): Cell => ({ column, read: (cell) => cell });
const word = (column: Column): Cell => ({ column, read: (cell) => cell.toLowerCase() });

const asWhole = wholeNumbers();
const whole = (column: Column): Cell => ({
  column,
  read: asWhole,
  rule: 'must be a whole number, such as 1500 or 1,500',
});

const YES_NO: Readonly<Record<string, boolean>> = { yes: true, true: true, 1: true, no: false, false: false, 0: false };
const yesNo = (column: Column): Cell => ({
  column,
  read: (cell) => YES_NO[cell.toLowerCase()],
  rule: 'must be yes or no',
  empty: false,
});

const about = (command: string, room: Room, id: Column) => ({ command, room, id });

const pledged = { item: text('item'), quantity: whole('quantity'), destination: text('destination') };
const goods = { item: text('item'), donation: text('donation'), lot: text('lot') };
const counted = { ...goods, quantity: whole('quantity') };
const contradicting = { contradiction: word('contradiction') };
const moved = { hub: text('place'), ...counted };

export const FORMS: Readonly<Record<string, Form>> = {
  item: {
    ...about('RegisterItem', 'catalogue', 'item'),
    fields: { item: text('item'), name: text('name'), unit: text('unit') },
  },
  place: {
    ...about('RegisterPlace', 'catalogue', 'place'),
    fields: { place: text('place'), name: text('name'), kind: word('kind'), country: text('country') },
  },
  organisation: {
    ...about('RegisterOrganisation', 'catalogue', 'organisation'),
    fields: { organisation: text('organisation'), name: text('name'), country: text('country') },
  },
  pledge: {
    ...about('PledgeDonation', 'donation', 'donation'),
    fields: { donation: text('donation'), donor: text('donor') },
    line: pledged,
  },
  'amend-pledge': {
    ...about('AmendPledge', 'donation', 'donation'),
    fields: { donation: text('donation') },
    line: pledged,
  },
  'cancel-pledge': {
    ...about('CancelPledge', 'donation', 'donation'),
    fields: { donation: text('donation') },
  },
  dispatch: {
    ...about('DispatchConsignment', 'consignment', 'consignment'),
    stockAt: 'from',
    fields: {
      ...{ consignment: text('consignment'), from: text('from'), to: text('to') },
      ...{
        mode: word('mode'),
        carrier: text('carrier'),
        vehicle: text('vehicle'),
        waybill: text('waybill'),
        eta: text('eta'),
      },
    },
    line: { ...counted, destination: text('destination') },
  },
  arrival: {
    ...about('RecordArrival', 'consignment', 'consignment'),
    fields: { consignment: text('consignment'), place: text('place'), ...contradicting },
  },
  receipt: {
    ...about('RecordReceipt', 'consignment', 'consignment'),
    stockAt: 'place',
    fields: {
      ...{ consignment: text('consignment'), hub: text('place'), grn: text('document'), complete: yesNo('complete') },
      ...contradicting,
    },
    line: { ...goods, good: whole('quantity'), damaged: whole('damaged') },
  },
  delivery: {
    ...about('RecordDelivery', 'consignment', 'consignment'),
    fields: {
      ...{ consignment: text('consignment'), recipient: text('recipient'), country: text('country') },
      ...{ proof: { ...word('proof'), empty: 'reported' }, pod: text('document'), ...contradicting },
    },
    line: { ...goods, accepted: whole('quantity'), rejected: whole('rejected'), cause: word('cause') },
  },
  loss: {
    ...about('RecordLoss', 'consignment', 'consignment'),
    fields: { consignment: text('consignment'), cause: word('cause'), ...contradicting },
    line: counted,
  },
  found: {
    ...about('RecordFound', 'consignment', 'consignment'),
    stockAt: 'place',
    fields: { consignment: text('consignment'), hub: text('place'), ...contradicting },
    line: counted,
  },
  allocate: {
    ...about('AllocateStock', 'hub', 'place'),
    stockAt: 'place',
    fields: { ...moved, to: text('destination'), from: text('earmark') },
  },
  release: {
    ...about('ReleaseAllocation', 'hub', 'place'),
    stockAt: 'place',
    fields: { ...moved, from: text('destination'), to: text('earmark') },
  },
};

/** Fields of every command. */
export const COMMON: Cells = {
  happenedAt: text('happened_at'),
  reportedAt: text('reported_at'),
  note: text('note'),
  source: text('source'),
};

/** Columns that say which entry a row is, not what happened. */
export const IDENTITY: readonly Column[] = ['entry', 'fact', 'corrects'];

/** Says of an entry that it did not occur. */
export const VOID = 'void';

export const FACT_WORDS: readonly string[] = [...Object.keys(FORMS), VOID];

/** The columns that a fact word understands beside the common ones; a void row may be a copy of the wrong one. */
export function columnsOf(fact: string): readonly Column[] {
  const form = FORMS[fact];
  if (!form) return fact === VOID ? COLUMNS : [];
  const own = [...Object.values(form.fields), ...Object.values(form.line ?? {}), ...Object.values(COMMON)];
  return [...IDENTITY, ...new Set(own.map(({ column }) => column))];
}

/** What the cells of a row mention, by the kind of thing. */
export const MENTIONS: Readonly<Partial<Record<Column, string>>> = {
  ...{ donation: 'donation', consignment: 'consignment', item: 'item' },
  ...{ from: 'place', to: 'place', place: 'place', country: 'place' },
  ...{ donor: 'organisation', recipient: 'organisation', organisation: 'organisation' },
};
