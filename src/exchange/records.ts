// exchange: the records of a CSV text, one by one.
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { Invalid } from '../kernel/errors.js';

/** A row of a file as it stands there. */
export interface CsvRecord {
  /** As a spreadsheet numbers it: the first is 1. */
  readonly row: number;
  /** The line of the file where it begins; differs from `row` after a cell with a line break. */
  readonly line: number;
  readonly text: string;
}

/** The records of a text that comes in slices of whole lines, blank ones too. */
export function* recordsOf(slices: Iterable<string>): Generator<CsvRecord> {
  let [row, line, begun] = [0, 0, 0];
  /** The lines of a record with an open quote. */
  let open: string[] = [];
  for (const slice of slices) {
    for (const text of linesOf(slice)) {
      line++;
      if (open.length === 0) begun = line;
      const closes = isEven(text) === (open.length === 0);
      if (closes && open.length === 0) yield { row: ++row, line, text };
      else open.push(text);
      if (!closes || open.length === 0) continue;
      yield { row: ++row, line: begun, text: open.join('\n') };
      open = [];
    }
  }
  if (open.length > 0) yield { row: ++row, line: begun, text: open.join('\n') };
}

/** The cells of a record. Throws `Invalid`, with the line of the file, for quotes that cannot be read. */
export function cellsOf({ text, line }: CsvRecord, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  return plainCells(text, delimiter) ?? parsedCells(text, line, delimiter);
}

/** True when every cell of a record is empty. */
export function isBlank(record: CsvRecord, delimiter: string): boolean {
  const first = record.text[0] ?? '';
  if (first > ' ' && first !== '"' && first !== delimiter && first.trim() !== '') return false;
  return cellsOf(record, delimiter).every((cell) => cell.trim() === '');
}

function linesOf(slice: string): string[] {
  const lines = slice.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Quotes come in pairs, doubled ones within a cell too: an odd one opens a cell that another line closes. */
function isEven(line: string): boolean {
  let even = true;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) even = !even;
  return even;
}

/** The cells of a record whose quotes stand around whole cells only, as nearly all do; undefined for any other. */
function plainCells(text: string, delimiter: string): string[] | undefined {
  if (delimiter === '"') return undefined;
  const cells: string[] = [];
  for (let at = 0; at <= text.length;) {
    const isQuoted = text[at] === '"';
    const from = isQuoted ? at + 1 : at;
    const found = text.indexOf(isQuoted ? '"' : delimiter, from);
    const cell = text.slice(from, found < 0 ? text.length : found);
    const behind = from + cell.length + (isQuoted ? 1 : 0);
    const isWhole = behind === text.length || text[behind] === delimiter;
    if (!isWhole || (!isQuoted && cell.includes('"'))) return undefined;
    cells.push(cell);
    at = behind + 1;
  }
  return cells;
}

function parsedCells(text: string, line: number, delimiter: string): string[] {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true })[0]!;
  } catch (error) {
    if (error instanceof CsvError) throw new Invalid([{ field: 'file', rule: quoteFault(error, line) }]);
    throw error;
  }
}

function quoteFault({ code, message }: CsvError, line: number): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return `opens a quote in the row that begins in line ${line} and never closes it`;
  const stray = code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'INVALID_OPENING_QUOTE';
  if (stray)
    return `has a stray quote in the row that begins in line ${line}: write a quote inside a cell as "" and quote that cell`;
  return `cannot be read at line ${line}: ${message}`;
}
