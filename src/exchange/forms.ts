// exchange: the dictionary of the logbook: what each fact word means, as data. A new command is one entry here.
import { capitals, COLUMNS, list, packs, text, whole, word, yesNo, type Cells, type Column } from './cells.js';

export { COLUMNS, type Cell, type Cells, type Column } from './cells.js';

export type Room = 'catalogue' | 'donation' | 'consignment' | 'hub' | 'lot' | 'request';

export interface Form {
  readonly command: string;
  /** The record that the fact is written to: its room, and the columns that name it. */
  readonly room: Room;
  readonly id: readonly Column[];
  readonly fields: Cells;
  /** Several rows of one entry are lines of one fact; without it, an entry is one row. */
  readonly line?: Cells;
  /**
   * The place whose stock the fact changes, if it is a hub: decided on what lies there, or adjusted whatever lies there.
   * Facts that adjust the same stock need no order among themselves.
   */
  readonly stock?: { readonly at: Column; readonly is: 'adjusted' | 'decided on' };
  /** It changes what may leave any hub where goods of its consignment lie. */
  readonly everyHub?: true;
  /** Rows before it are finished first, rows after it wait: what it changes cannot be told from its cells. */
  readonly alone?: true;
}

const adjusts = (at: Column) => ({ at, is: 'adjusted' }) as const;
const decidesOn = (at: Column) => ({ at, is: 'decided on' }) as const;
const about = (command: string, room: Room, ...id: Column[]) => ({ command, room, id });

const pack = { pack: text('pack') };
const pledged = { item: text('item'), quantity: whole('quantity'), ...pack, destination: text('destination') };
const which = { item: text('item'), donation: text('donation'), lot: text('lot'), ...pack };
const goods = { ...which, expiry: text('expiry'), serials: list('serials') };
const counted = { ...goods, quantity: whole('quantity') };
const contradicting = { contradiction: word('contradiction') };
const stock = { hub: text('place'), ...which, quantity: whole('quantity') };
const papers = { attachments: list('attachments') };
const atCustoms = { consignment: text('consignment'), place: text('place'), mrn: capitals('mrn'), ...contradicting };
const declared = {
  ...{ procedure: capitals('procedure'), reliefBasis: text('relief_basis') },
  ...{ exportAuthorisation: text('export_authorisation') },
};
const classified = {
  ...{ item: text('item'), hsCode: text('hs_code'), hsEdition: capitals('hs_edition') },
  ...{ hsAuthority: capitals('hs_authority') },
};
const lot = { item: text('item'), lot: text('lot') };

export const FORMS: Readonly<Record<string, Form>> = {
  item: {
    ...about('RegisterItem', 'catalogue', 'item'),
    fields: { item: text('item'), name: text('name'), unit: text('unit'), packs: packs('packs') },
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
    stock: decidesOn('from'),
    fields: {
      ...{ consignment: text('consignment'), from: text('from'), to: text('to') },
      ...{
        mode: word('mode'),
        carrier: text('carrier'),
        vehicle: text('vehicle'),
        waybill: text('waybill'),
        eta: text('eta'),
      },
      ...{ seals: list('seals'), containers: list('containers') },
    },
    line: { ...counted, destination: text('destination') },
  },
  arrival: {
    ...about('RecordArrival', 'consignment', 'consignment'),
    fields: { consignment: text('consignment'), place: text('place'), ...contradicting },
  },
  receipt: {
    ...about('RecordReceipt', 'consignment', 'consignment'),
    stock: adjusts('place'),
    fields: {
      ...{ consignment: text('consignment'), hub: text('place'), grn: text('document'), complete: yesNo('complete') },
      ...{ countedBy: text('counted_by'), ...papers, ...contradicting },
    },
    line: { ...goods, good: whole('quantity'), damaged: whole('damaged') },
  },
  delivery: {
    ...about('RecordDelivery', 'consignment', 'consignment'),
    fields: {
      ...{ consignment: text('consignment'), recipient: text('recipient'), country: text('country') },
      ...{ proof: { ...word('proof'), empty: 'reported' }, pod: text('document') },
      ...{ signedBy: text('signed_by'), ...papers, ...contradicting },
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
    stock: adjusts('place'),
    fields: { consignment: text('consignment'), hub: text('place'), ...contradicting },
    line: counted,
  },
  allocate: {
    ...about('AllocateStock', 'hub', 'place'),
    stock: decidesOn('place'),
    fields: { ...stock, to: text('destination'), from: text('earmark') },
  },
  release: {
    ...about('ReleaseAllocation', 'hub', 'place'),
    stock: decidesOn('place'),
    fields: { ...stock, from: text('destination'), to: text('earmark') },
  },
  return: {
    ...about('RecordReturn', 'consignment', 'consignment'),
    stock: adjusts('place'),
    fields: { consignment: text('consignment'), hub: text('place'), ...contradicting },
    line: counted,
  },
  close: {
    ...about('CloseConsignment', 'consignment', 'consignment'),
    fields: { consignment: text('consignment') },
  },
  'customs-entry': {
    ...about('RecordCustomsEntry', 'consignment', 'consignment'),
    stock: adjusts('place'),
    fields: { ...atCustoms, ...declared },
    line: classified,
  },
  'customs-hold': {
    ...about('RecordCustomsHold', 'consignment', 'consignment'),
    everyHub: true,
    fields: { ...atCustoms, reason: text('reason') },
  },
  'customs-clearance': {
    ...about('RecordCustomsClearance', 'consignment', 'consignment'),
    everyHub: true,
    fields: { ...atCustoms, ...declared },
    line: classified,
  },
  'customs-refusal': {
    ...about('RecordCustomsRefusal', 'consignment', 'consignment'),
    everyHub: true,
    fields: { ...atCustoms, reason: text('reason') },
  },
  count: {
    ...about('CountStock', 'hub', 'place'),
    stock: decidesOn('place'),
    fields: { hub: text('place'), countedBy: text('counted_by') },
    line: { ...which, counted: whole('quantity'), earmark: text('earmark') },
  },
  'write-off': {
    ...about('WriteOffStock', 'hub', 'place'),
    stock: decidesOn('place'),
    fields: { ...stock, outOf: word('out_of'), cause: word('cause'), earmark: text('earmark') },
  },
  'hold-lot': { ...about('HoldLot', 'lot', 'item', 'lot'), alone: true, fields: { ...lot, reason: text('reason') } },
  'recall-lot': {
    ...about('RecallLot', 'lot', 'item', 'lot'),
    alone: true,
    fields: { ...lot, reason: text('reason') },
  },
  'release-lot': { ...about('ReleaseLot', 'lot', 'item', 'lot'), alone: true, fields: lot },
  request: {
    ...about('RecordRequest', 'request', 'request'),
    fields: {
      ...{ request: text('request'), country: text('country'), requester: text('recipient'), item: text('item') },
      ...{ quantity: whole('quantity'), ...pack, neededBy: text('needed_by') },
    },
  },
  'withdraw-request': {
    ...about('WithdrawRequest', 'request', 'request'),
    fields: { request: text('request') },
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
