// country report: what it answers, as JSON, as a CSV file and as a text table.
import { stringify } from 'csv-stringify/sync';
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import { grouped } from '../kernel/quantity.js';
import { textTable } from '../kernel/text-table.js';
import type { AsOfAnswer } from '../nest/as-of.queries.js';
import { QUANTITY_COLUMNS, type CountryRow } from './country-report.js';
import type { ReportFormat } from './country-report.queries.js';

export interface CountryReport {
  readonly asOf: AsOfAnswer;
  readonly rows: readonly CountryRow[];
}

export function reportAsCsv({ asOf, rows }: CountryReport): string {
  const columns = ['country', 'destination', 'item', 'unit', ...QUANTITY_COLUMNS, ...Object.keys(asOf)];
  return stringify(
    rows.map((row) => ({ ...row, ...asOf })),
    { header: true, columns },
  );
}

const HEADINGS: Record<(typeof QUANTITY_COLUMNS)[number], string> = {
  pledged: 'pledged',
  atHub: 'at hub',
  inTransit: 'in transit',
  delivered: 'delivered',
  deliveredConfirmed: 'confirmed',
  rejected: 'rejected',
  damaged: 'damaged',
  lost: 'lost',
  returned: 'returned',
  unexplained: 'unexplained',
};

/** Columns that are zero in every row are left out and named below. */
export function reportAsTable({ asOf, rows }: CountryReport, nameOf: (country: string) => string): string {
  const shown = QUANTITY_COLUMNS.filter((column) => rows.some((row) => row[column] !== 0));
  const hidden = QUANTITY_COLUMNS.filter((column) => !shown.includes(column)).map((column) => HEADINGS[column]);
  const lines = rows.map((row) => [
    row.country ? `${row.country} ${nameOf(row.country)}` : `not decided: ${row.destination ?? ''}`,
    row.item,
    row.unit,
    ...shown.map((column) => grouped(row[column])),
  ]);
  const title = `Country totals, ${limit('happened', asOf.until)}, ${limit('known', asOf.knownAt)}`;
  const basis = `Log position ${asOf.position}, ${grouped(asOf.events)} events.`;
  if (rows.length === 0) return `${title}\n\nNothing recorded for this question.\n\n${basis}\n`;
  const table = textTable(['country', 'item', 'unit', ...shown.map((column) => HEADINGS[column])], lines, 3);
  const zero = hidden.length > 0 ? `Zero everywhere: ${hidden.join(', ')}.\n` : '';
  return `${title}\n\n${table}\n${zero}${basis}\n`;
}

function limit(what: string, until: string | null): string {
  return until ? `${what} up to ${until}` : `${what} at any time`;
}

/** The report in one of its formats, with its media type. */
export function rendered(
  report: CountryReport,
  format: ReportFormat,
  catalogue: CatalogueView,
): { type: string; body: string } {
  const name = (country: string) => catalogue.one('place', country)?.name ?? '';
  switch (format) {
    case 'json':
      return { type: 'application/json', body: JSON.stringify(report) };
    case 'csv':
      return { type: 'text/csv; charset=utf-8', body: reportAsCsv(report) };
    case 'table':
      return { type: 'text/plain; charset=utf-8', body: reportAsTable(report, name) };
  }
}
