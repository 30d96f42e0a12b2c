// exchange: any CSV text as a header and rows.
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { Invalid, type Problem } from '../kernel/errors.js';
import { textOf, type Encoding } from './text.js';

export interface ReadOptions {
  readonly encoding?: Encoding | undefined;
  /** One character; left out, it is found in the header: comma, semicolon or tab. */
  readonly delimiter?: string | undefined;
}

export interface TableRow {
  /** As a spreadsheet numbers it: the header is row 1. */
  readonly row: number;
  /** The line of the file where the row begins; differs from `row` after a cell with a line break. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why the row cannot be read; its cells are not to be trusted then. */
  readonly problem?: Problem;
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  /** The position of a column by its name, whatever its capitals; -1 when there is none. */
  readonly indexOf: (this: void, name: string) => number;
}

const DELIMITERS = [',', ';', '\t'];

/**
 * Reads a whole file; blank rows are left out. Throws `Invalid` for what makes the file as a whole unreadable; a row with
 * too many cells only carries a problem.
 */
export function readTable(bytes: Uint8Array, options: ReadOptions = {}): Table {
  const text = textOf(bytes, options.encoding);
  const records = parsed(text, options.delimiter ?? delimiterOf(text)).filter(({ cells }) => !isBlank(cells));
  if (records.length === 0)
    throw new Invalid([{ field: 'file', rule: 'must have a header row with the names of the columns' }]);
  const header = records[0]!.cells.map((name) => name.trim());
  const positions = positionsOf(header);
  return {
    header,
    rows: records.slice(1).map((record) => checked(record, header)),
    indexOf: (name) => positions.get(normal(name)) ?? -1,
  };
}

/** How names of columns are compared. */
export function normal(name: string): string {
  return name.trim().toLowerCase().normalize('NFC');
}

function parsed(text: string, delimiter: string): TableRow[] {
  const records: TableRow[] = [];
  let end = 0;
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      on_record: (cells: string[], { lines }) => {
        records.push({ row: records.length + 1, line: end + 1, cells });
        end = lines;
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw new Invalid([{ field: 'file', rule: quoteFault(error, end + 1) }]);
    throw error;
  }
  return records;
}

function quoteFault({ code, message }: CsvError, line: number): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return `opens a quote in the row that begins in line ${line} and never closes it`;
  const stray = code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'INVALID_OPENING_QUOTE';
  if (stray)
    return `has a stray quote in the row that begins in line ${line}: write a quote inside a cell as "" and quote that cell`;
  return `cannot be read at line ${line}: ${message}`;
}

/** The delimiter that occurs most often in the header, quoted names left aside. */
function delimiterOf(text: string): string {
  const header = /^\s*((?:"[^"]*"|[^"\n])*)/.exec(text)![1]!.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

function positionsOf(header: readonly string[]): Map<string, number> {
  const positions = new Map<string, number>();
  const repeated: Problem[] = [];
  header.forEach((name, index) => {
    if (name === '') return;
    if (positions.has(normal(name)))
      repeated.push({ field: 'header', rule: 'must name each column once', value: name });
    else positions.set(normal(name), index);
  });
  if (repeated.length > 0) throw new Invalid(repeated);
  return positions;
}

function checked(record: TableRow, header: readonly string[]): TableRow {
  const { cells } = record;
  const nameless = cells.findIndex((cell, index) => !header[index] && cell.trim() !== '');
  if (nameless < 0) return record;
  const rule =
    cells.length > header.length
      ? `must have ${header.length} cells as the header has, not ${cells.length}: is a cell with a comma not quoted?`
      : `must have no value in column ${nameless + 1}, which has no name`;
  return { ...record, problem: { field: 'row', rule, value: cells[nameless] } };
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '' || cell.trim() === '');
}
