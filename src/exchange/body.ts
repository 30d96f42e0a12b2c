// exchange: the body of a command from the cells of its rows.
import { COMMON, columnsOf, type Cell, type Cells, type Column, type Form } from './forms.js';
import type { LogbookRow, RowProblem } from './instruction.js';

/** Collects what is wrong in the rows of one entry. */
export class Faults {
  readonly found: RowProblem[] = [];

  add(row: LogbookRow, field: Column, rule: string): void {
    const value = row.cells[field];
    this.found.push({ row: row.row, field, rule, ...(value !== undefined && { value }) });
  }
}

export type Body = Record<string, unknown>;

/** The fields of the first row and the lines of all of them. */
export function bodyOf(form: Form, rows: readonly LogbookRow[], faults: Faults): Body {
  const body: Body = {};
  fill(body, form.fields, rows[0]!, faults);
  fill(body, COMMON, rows[0]!, faults);
  const { line } = form;
  if (line) body.lines = linesIn(form, rows).map((row) => read(line, row, faults));
  return body;
}

/** The rows that state goods; a pledge may state none. */
export function linesIn({ line }: Form, rows: readonly LogbookRow[]): readonly LogbookRow[] {
  if (!line) return [];
  return rows.filter(({ cells }) => fieldsOf(line).some(({ cell }) => cells[cell.column] !== undefined));
}

export function read(cells: Cells, row: LogbookRow, faults: Faults): Body {
  const fields: Body = {};
  fill(fields, cells, row, faults);
  return fields;
}

function fill(body: Body, cells: Cells, row: LogbookRow, faults: Faults): void {
  for (const { field, cell } of fieldsOf(cells)) {
    const value = valueOf(cell, row, faults);
    if (value !== undefined) body[field] = value;
  }
}

interface Field {
  readonly field: string;
  readonly cell: Cell;
}

/** The dictionary is gone through for every row: what it lists is listed once. */
const listed = new WeakMap<Cells, readonly Field[]>();

function fieldsOf(cells: Cells): readonly Field[] {
  let fields = listed.get(cells);
  if (!fields) listed.set(cells, (fields = Object.entries(cells).map(([field, cell]) => ({ field, cell }))));
  return fields;
}

function valueOf(cell: Cell, row: LogbookRow, faults: Faults): unknown {
  const text = row.cells[cell.column];
  if (text === undefined) return cell.empty;
  const value = cell.read(text);
  if (value === undefined) faults.add(row, cell.column, cell.rule!);
  return value;
}

/** Cells that the fact does not understand: what somebody wrote must not vanish. */
export function refuseMisplaced(word: string, row: LogbookRow, faults: Faults): void {
  const understood = understoodBy(word);
  for (const column of Object.keys(row.cells) as Column[]) {
    if (!understood.has(column)) faults.add(row, column, `is not a column of ${word}: leave it empty`);
  }
}

/** Later rows of an entry are lines: what they say of the whole fact must be what the first row says. */
export function refuseDiffering(form: Form | undefined, row: LogbookRow, first: LogbookRow, faults: Faults): void {
  if (row === first) return;
  if (!form?.line) return faults.add(row, 'entry', `must not repeat row ${first.row}: this fact is a single row`);
  const own = fieldsOf(form.line);
  for (const column of Object.keys(row.cells) as Column[]) {
    if (row.cells[column] === first.cells[column] || own.some(({ cell }) => cell.column === column)) continue;
    faults.add(row, column, `must be as in row ${first.row} of the same entry (${first.cells[column] ?? 'empty'})`);
  }
}

const understood = new Map<string, ReadonlySet<Column>>();

function understoodBy(word: string): ReadonlySet<Column> {
  let known = understood.get(word);
  if (!known) understood.set(word, (known = new Set(columnsOf(word))));
  return known;
}

/** The column, and the row of the line, that a field of a command came from. */
export function cellOf(form: Form, field: string): { column: Column; line?: number } | undefined {
  const path = field.replace(/^restated\.body\./, '');
  const [, index, inLine] = /^lines(?:\[|\.)(\d+)\]?\.(\w+)/.exec(path) ?? [];
  const cell = inLine ? form.line?.[inLine] : (form.fields[path] ?? COMMON[path]);
  if (!cell) return path.startsWith('lines') && form.line ? { column: 'item' } : undefined;
  return { column: cell.column, ...(index !== undefined && { line: Number(index) }) };
}
