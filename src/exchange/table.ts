// exchange: any CSV text as a header and rows.
import { loopTurn } from '../kernel/loop-turn.js';
import { Invalid, type Problem } from '../kernel/errors.js';
import { cellsOf, isBlank, recordsOf, type CsvRecord } from './records.js';
import { textOf, type Encoding } from './text.js';

export interface ReadOptions {
  readonly encoding?: Encoding | undefined;
  /** One character; left out, it is found in the header: comma, semicolon or tab. */
  readonly delimiter?: string | undefined;
}

export interface TableRow extends Pick<CsvRecord, 'row' | 'line'> {
  readonly cells: readonly string[];
  /** Why the row cannot be read; its cells are not to be trusted then. */
  readonly problem?: Problem;
}

export interface Table {
  readonly header: readonly string[];
  /** How many rows there are, the header and blank ones left out. */
  readonly total: number;
  /** Made while they are run through, which can be done again: a file is never held as cells. */
  readonly rows: Iterable<TableRow>;
  /** The position of a column by its name, whatever its capitals; -1 when there is none. */
  readonly indexOf: (this: void, name: string) => number;
}

const DELIMITERS = [',', ';', '\t'];
/** Looking through a file gives way to others after so many records. */
const RECORDS_A_TURN = 100;

/**
 * Looks through a whole file; blank rows are left out. Throws `Invalid` for what makes the file as a whole unreadable; a
 * row with too many cells only carries a problem.
 */
export async function readTable(bytes: Uint8Array, options: ReadOptions = {}): Promise<Table> {
  const text = textOf(bytes, options.encoding);
  const delimiter = options.delimiter ?? delimiterOf(headOf(text));
  const { first, total } = await lookThrough(text, delimiter);
  if (!first) throw new Invalid([{ field: 'file', rule: 'must have a header row with the names of the columns' }]);
  const header = cellsOf(first, delimiter).map((name) => name.trim());
  const positions = positionsOf(header);
  return {
    header,
    total,
    rows: { [Symbol.iterator]: () => rowsOf(text, delimiter, header) },
    indexOf: (name) => positions.get(normal(name)) ?? -1,
  };
}

/** How names of columns are compared. */
export function normal(name: string): string {
  return name.trim().toLowerCase().normalize('NFC');
}

/** Finds the header and counts the rows behind it. Throws `Invalid` for the first record that cannot be read. */
async function lookThrough(text: Iterable<string>, delimiter: string): Promise<{ first?: CsvRecord; total: number }> {
  let first: CsvRecord | undefined;
  let total = 0;
  for (const record of recordsOf(text)) {
    if (record.row % RECORDS_A_TURN === 0) await loopTurn();
    cellsOf(record, delimiter);
    if (isBlank(record, delimiter)) continue;
    if (first) total++;
    else first = record;
  }
  return { total, ...(first && { first }) };
}

function* rowsOf(text: Iterable<string>, delimiter: string, header: readonly string[]): Generator<TableRow> {
  let isHeader = true;
  for (const record of recordsOf(text)) {
    if (isBlank(record, delimiter)) continue;
    if (!isHeader) yield checked(record, cellsOf(record, delimiter), header);
    isHeader = false;
  }
}

/** Where the header stands, whatever blank lines are before it. */
function headOf(text: Iterable<string>): string {
  let head = '';
  for (const slice of text) {
    const isFound = head.trim() !== '';
    head += slice;
    if (isFound) break;
  }
  return head;
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

function checked({ row, line }: CsvRecord, cells: readonly string[], header: readonly string[]): TableRow {
  if (cells.length <= header.length && !header.includes('')) return { row, line, cells };
  const nameless = cells.findIndex((cell, index) => !header[index] && cell.trim() !== '');
  if (nameless < 0) return { row, line, cells };
  const rule =
    cells.length > header.length
      ? `must have ${header.length} cells as the header has, not ${cells.length}: is a cell with a comma not quoted?`
      : `must have no value in column ${nameless + 1}, which has no name`;
  return { row, line, cells, problem: { field: 'row', rule, value: cells[nameless] } };
}
