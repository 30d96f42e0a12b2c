// exchange: the columns of the logbook and how their cells are read.
import { wholeNumbers } from './whole-number.js';

/** The columns of a logbook, in the order of the template. */
export const COLUMNS = [
  ...['entry', 'fact', 'corrects', 'happened_at', 'reported_at'],
  ...['donation', 'donor', 'consignment', 'from', 'to', 'place', 'recipient', 'organisation', 'country', 'request'],
  ...['item', 'lot', 'expiry', 'serials', 'quantity', 'pack', 'damaged', 'rejected', 'destination', 'earmark'],
  ...['mode', 'carrier', 'vehicle', 'waybill', 'seals', 'containers', 'eta'],
  ...['document', 'complete', 'counted_by', 'proof', 'signed_by', 'attachments', 'cause', 'reason', 'out_of'],
  ...['mrn', 'procedure', 'relief_basis', 'export_authorisation', 'hs_code', 'hs_edition', 'hs_authority'],
  ...['name', 'kind', 'unit', 'packs', 'needed_by', 'contradiction', 'note', 'source'],
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

export const text = (column: Column): Cell => ({ column, read: (cell) => cell });
export const word = (column: Column): Cell => ({ column, read: (cell) => cell.toLowerCase() });
export const capitals = (column: Column): Cell => ({ column, read: (cell) => cell.toUpperCase() });

/** Several values in one cell, with a bar between them: `SN-1|SN-2`. */
export const list = (column: Column): Cell => ({
  column,
  read: (cell) =>
    cell
      .split('|')
      .map((value) => value.trim())
      .filter(Boolean),
});

/** Packs of an item in one cell: `carton=2000|box=50`. */
export const packs = (column: Column): Cell => ({
  column,
  read(cell) {
    const read = cell.split('|').map((pack) => /^\s*([^=]+?)\s*=\s*(\d+)\s*$/.exec(pack));
    return read.every(Boolean) ? read.map((pack) => ({ name: pack![1], holds: Number(pack![2]) })) : undefined;
  },
  rule: 'must be packs and what they hold, such as carton=2000|box=50',
});

const asWhole = wholeNumbers();
export const whole = (column: Column): Cell => ({
  column,
  read: asWhole,
  rule: 'must be a whole number, such as 1500 or 1,500',
});

const YES_NO: Readonly<Record<string, boolean>> = { yes: true, true: true, 1: true, no: false, false: false, 0: false };
export const yesNo = (column: Column): Cell => ({
  column,
  read: (cell) => YES_NO[cell.toLowerCase()],
  rule: 'must be yes or no',
  empty: false,
});
