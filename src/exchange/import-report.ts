// exchange: what became of each row, for the person who sent the file.
import { stringify } from 'csv-stringify/sync';
import { grouped } from '../kernel/quantity.js';
import type { ImportResult, RowResult } from './import-result.js';

export interface ReportOptions {
  readonly dryRun?: boolean;
  /** Larger files list refused rows only. */
  readonly allUpTo?: number;
  readonly refusedUpTo?: number;
}

const ALL_UP_TO = 50;
const REFUSED_UP_TO = 50;

/** One line per row and a summary. */
export function renderReport(result: ImportResult, options: ReportOptions = {}): string {
  const { allUpTo = ALL_UP_TO, refusedUpTo = REFUSED_UP_TO } = options;
  const refused = result.results.filter(({ outcome }) => outcome === 'refused');
  const wanted = result.results.length <= allUpTo ? result.results : refused.slice(0, refusedUpTo);
  const more = result.results.length <= allUpTo ? 0 : refused.length - wanted.length;
  const rest = more > 0 ? [`… and ${grouped(more)} more: --report FILE writes all`] : [];
  return [...aligned(wanted, options), ...rest, summary(result, options)].join('\n');
}

/** Every row as CSV, with a header. */
export function reportCsv(result: ImportResult): string {
  const rows = result.results.map(({ row, line, key, facts, outcome, code, columns, message }) => {
    return [row, line, key, facts.join(' '), outcome, code ?? '', columns?.join(', ') ?? '', message ?? ''];
  });
  const header = ['row', 'line', 'entry', 'facts', 'result', 'code', 'columns', 'message'];
  // A spreadsheet would run a cell such as =1+1 that somebody wrote into the file.
  return stringify([header, ...rows], { escape_formulas: true });
}

function aligned(results: readonly RowResult[], { dryRun = false }: ReportOptions): string[] {
  const lines = results.map((result) => [`${result.row}`, `${verdict(result, dryRun)}:`, what(result)] as const);
  const widths = [0, 1].map((column) => Math.max(0, ...lines.map((line) => line[column]!.length)));
  return lines.map(([row, verdict, what]) =>
    `row ${row.padStart(widths[0]!)}: ${verdict.padEnd(widths[1]!)} ${what}`.trimEnd(),
  );
}

function verdict({ outcome }: RowResult, dryRun: boolean): string {
  if (dryRun && outcome === 'accepted') return 'would be accepted';
  return dryRun && outcome === 'refused' ? 'would be refused' : outcome;
}

function what({ message, facts, key }: RowResult): string {
  return message ?? `${facts.join(', ')} ${key}`.trim();
}

function summary(
  { rows, facts, accepted, alreadyThere, refused, cancelled }: ImportResult,
  { dryRun }: ReportOptions,
): string {
  const counts = [
    `${grouped(accepted)} ${dryRun ? 'would be ' : ''}accepted`,
    `${grouped(alreadyThere)} already there`,
    `${grouped(refused)} ${dryRun ? 'would be ' : ''}refused`,
    ...(cancelled > 0 ? [`${grouped(cancelled)} not tried`] : []),
  ];
  const recorded = `${grouped(facts)} ${facts === 1 ? 'fact' : 'facts'} ${dryRun ? 'would be ' : ''}recorded.`;
  return `${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}: ${counts.join(', ')}; ${recorded}`;
}
