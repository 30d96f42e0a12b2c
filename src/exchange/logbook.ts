// exchange: the one CSV form of everything staff log: a row is a fact, or a line of one.
import { Invalid, type Problem } from '../kernel/errors.js';
import { Entries } from './entry.js';
import { COLUMNS, type Column } from './forms.js';
import type { ImportRow, ImportSource, LogbookRow, RowProblem } from './instruction.js';
import { Keys } from './keys.js';
import { nearest } from './nearest.js';
import { normal, readTable, type ReadOptions, type Table, type TableRow } from './table.js';

export { logbookTemplate } from './logbook-template.js';

const SOURCE = 'logbook';
const REQUIRED: readonly Column[] = ['fact', 'happened_at'];

interface ReadRow extends LogbookRow {
  readonly line: number;
  readonly problem?: Problem;
}

/** A column of the logbook that the file has, and where. */
interface Present {
  readonly column: Column;
  readonly index: number;
}

/** Throws `Invalid` when the file as a whole cannot be a logbook; what is wrong in a row stays with that row. */
export async function readLogbook(bytes: Uint8Array, options: ReadOptions = {}): Promise<ImportSource> {
  const table = await readTable(bytes, options);
  refuseOtherColumns(table);
  return {
    name: SOURCE,
    total: table.total,
    rows: { [Symbol.iterator]: () => importRows(table) },
    columnName: (_word, column) => column,
  };
}

function refuseOtherColumns(table: Table): void {
  const known = new Set<string>(COLUMNS);
  const unknown = table.header
    .filter((name) => name !== '' && !known.has(normal(name)))
    .map((name) => ({
      field: 'header',
      rule: `is not a column of the logbook; did you mean ${nearest(name, COLUMNS)}?`,
      value: name,
    }));
  const missing = REQUIRED.filter((column) => table.indexOf(column) < 0).map((column) => ({
    field: 'header',
    rule: `must have the column ${column}; relief logbook-template prints them all`,
  }));
  if (unknown.length + missing.length > 0) throw new Invalid([...missing, ...unknown]);
}

function* importRows(table: Table): Generator<ImportRow> {
  const present = COLUMNS.map((column) => ({ column, index: table.indexOf(column) })).filter(({ index }) => index >= 0);
  const file = { keys: new Keys(), entries: new Entries(SOURCE) };
  let open: ReadRow[] = [];
  for (const tableRow of table.rows) {
    const row = logbookRow(tableRow, present);
    if (open.length > 0 && !sameEntry(open[0]!, row)) {
      yield importRow(open, file);
      open = [];
    }
    open.push(row);
  }
  if (open.length > 0) yield importRow(open, file);
}

function logbookRow({ row, line, cells, problem }: TableRow, present: readonly Present[]): ReadRow {
  const filled: Partial<Record<Column, string>> = {};
  for (const { column, index } of present) {
    const text = cells[index]?.trim();
    if (text) filled[column] = text;
  }
  return problem ? { row, line, cells: filled, problem } : { row, line, cells: filled };
}

function sameEntry(one: ReadRow, other: ReadRow): boolean {
  return one.cells.entry !== undefined && one.cells.entry === other.cells.entry && one.cells.fact === other.cells.fact;
}

function importRow(rows: readonly ReadRow[], { keys, entries }: { keys: Keys; entries: Entries }): ImportRow {
  const { row, line, cells } = rows[0]!;
  const key = cells.entry ?? keys.fromContent(cells);
  const problems: RowProblem[] = rows.flatMap(({ row, problem }) => (problem ? [{ row, ...problem }] : []));
  const before = keys.usedBefore(key, row);
  if (before !== undefined) {
    problems.push({
      row,
      field: 'entry',
      rule: `must be new: row ${before} uses it, and rows of one entry stand together`,
      value: key,
    });
  }
  const about = { row, line, rows: rows.length, key };
  const entered = problems.length > 0 ? { problems } : entries.enter(key, rows);
  return 'fact' in entered
    ? { ...about, facts: [entered.fact], problems }
    : { ...about, facts: [], problems: entered.problems };
}
