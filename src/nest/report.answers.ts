// nest: any report as JSON, as a CSV file and as a text table.
import { stringify } from 'csv-stringify/sync';
import { grouped } from '../kernel/quantity.js';
import { textTable } from '../kernel/text-table.js';
import { IsIn, IsOptional } from '../kernel/validation.js';
import { AsOfQuery, type AsOfAnswer } from './as-of.queries.js';

export const REPORT_FORMATS = ['json', 'csv', 'table'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export class ReportQuery extends AsOfQuery {
  @IsOptional()
  @IsIn(REPORT_FORMATS)
  format?: ReportFormat;
}

/** What every report answers; a report may say more beside its rows. */
export interface Report<Row> {
  readonly asOf: AsOfAnswer;
  readonly rows: readonly Row[];
}

type Cell = string | number | null | undefined;

export interface Column<Row> {
  readonly heading: string;
  /** Field of the CSV file. */
  readonly field: string;
  of(row: Row): Cell;
  /** What the CSV file says instead; machines want codes where people want names. */
  raw?(row: Row): Cell;
  /** Only the CSV file has it. */
  readonly csvOnly?: boolean;
  /** Left out of the table when it is zero in every row. */
  readonly zeroHides?: boolean;
}

/** How a report is shown to people. */
export interface Layout<Row> {
  readonly title: string;
  readonly columns: readonly Column<Row>[];
  /** Lines below the table. */
  readonly notes?: readonly string[];
}

export function rendered<Row>(
  report: Report<Row>,
  layout: Layout<Row>,
  format: ReportFormat,
): { type: string; body: string } {
  switch (format) {
    case 'json':
      return { type: 'application/json', body: JSON.stringify(report) };
    case 'csv':
      return { type: 'text/csv; charset=utf-8', body: asCsv(report, layout) };
    case 'table':
      return { type: 'text/plain; charset=utf-8', body: asTable(report, layout) };
  }
}

function asCsv<Row>({ asOf, rows }: Report<Row>, { columns }: Layout<Row>): string {
  const fields = [...columns.map(({ field }) => field), ...Object.keys(asOf)];
  const basis = [asOf.until ?? '', asOf.knownAt ?? '', asOf.position, asOf.events];
  const lines = rows.map((row) => [
    ...columns.map((column) => (column.raw ? column.raw(row) : column.of(row)) ?? ''),
    ...basis,
  ]);
  return stringify([fields, ...lines], { escape_formulas: true });
}

function asTable<Row>({ asOf, rows }: Report<Row>, { title, columns, notes = [] }: Layout<Row>): string {
  const head = `${title}, ${limit('happened', asOf.until)}, ${limit('known', asOf.knownAt)}`;
  const basis = `Log position ${asOf.position}, ${grouped(asOf.events)} events.`;
  if (rows.length === 0) return [head, '', 'Nothing recorded for this question.', '', ...notes, basis, ''].join('\n');
  const forPeople = columns.filter(({ csvOnly }) => !csvOnly);
  const shown = forPeople.filter((column) => !column.zeroHides || rows.some((row) => column.of(row) !== 0));
  const isNumber = (column: Column<Row>) => rows.some((row) => typeof column.of(row) === 'number');
  const words = shown.filter((column) => !isNumber(column));
  const ordered = [...words, ...shown.filter(isNumber)];
  const cells = rows.map((row) => ordered.map((column) => text(column.of(row))));
  const table = textTable(
    ordered.map(({ heading }) => heading),
    cells,
    words.length,
  );
  const hidden = forPeople.filter((column) => !shown.includes(column)).map(({ heading }) => heading);
  const zero = hidden.length > 0 ? [`Zero everywhere: ${hidden.join(', ')}.`] : [];
  return [head, '', table, ...zero, ...notes, basis, ''].join('\n');
}

function text(value: Cell): string {
  return typeof value === 'number' ? grouped(value) : (value ?? '');
}

function limit(what: string, until: string | null): string {
  return until ? `${what} up to ${until}` : `${what} at any time`;
}
