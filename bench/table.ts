// bench: the one table.
import { NOT_MEASURED, NOT_MET, verdict } from './goals.ts';
import type { FigureName, Row } from './rows.ts';
import type { Measured } from './trial.ts';

export type Find = (name: FigureName) => Measured | undefined;

/** A row with its figures; a figure that was not measured is left out. */
export interface Line {
  readonly row: Row;
  readonly limit?: Measured | undefined;
  readonly peer?: Measured | undefined;
  readonly ours?: Measured | undefined;
  /** In the order of the row's goals. */
  readonly verdicts: readonly string[];
}

const HEAD = [
  ...['what', 'unit', 'limit (min–max)', 'Emmett (min–max)', 'ours (min–max)'],
  ...['ours/limit', 'ours/Emmett', 'goal', 'met?'],
];

export function linesOf(rows: readonly Row[], find: Find, events: number): Line[] {
  return rows.map((row) => {
    const [limit, peer, whole] = [row.limit, row.peer, row.ours].map((name) => name && find(name));
    const part = row.dividedBy && find(row.dividedBy);
    const ours = row.dividedBy ? whole && part && divided(whole, part) : whole;
    const seen = ours && { ours: ours.median, limit: limit?.median, peer: peer?.median };
    return { row, limit, peer, ours, verdicts: (row.goals ?? []).map((goal) => verdict(goal, seen, events)) };
  });
}

export function tableOf(lines: readonly Line[]): string {
  const cells = [HEAD, ...lines.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  const padded = cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | '));
  const rule = widths.map((width) => '-'.repeat(width)).join(' | ');
  return [padded[0]!, rule, ...padded.slice(1)].map((line) => `| ${line} |`).join('\n');
}

export function summaryOf(lines: readonly Line[]): string {
  const all = lines.flatMap(({ verdicts }) => verdicts);
  const count = (which: string) => all.filter((each) => each === which).length;
  const [missed, open] = [count(NOT_MET), count(NOT_MEASURED)];
  return `Goals: ${all.length}. Met: ${all.length - missed - open}. Not met: ${missed}. Not measured: ${open}.`;
}

export function ratio(ours: Measured | undefined, other: Measured | undefined): number | undefined {
  return ours && other && other.median > 0 ? ours.median / other.median : undefined;
}

function cellsOf({ row, limit, peer, ours, verdicts }: Line): string[] {
  const ratios = [ratio(ours, limit), ratio(ours, peer)].map((each) => each?.toFixed(2) ?? '–');
  const goals = (row.goals ?? []).map(({ text }) => text);
  return [row.what, row.unit, cell(limit), cell(peer), cell(ours), ...ratios, words(goals), words(verdicts)];
}

function divided(whole: Measured, part: Measured): Measured {
  const runs = Math.min(whole.runs, part.runs);
  return { median: whole.median / part.median, min: whole.min / part.max, max: whole.max / part.min, runs };
}

function words(list: readonly string[]): string {
  return list.length > 0 ? list.join('; ') : '–';
}

function cell(figure: Measured | undefined): string {
  if (!figure) return '–';
  const { median, min, max, runs } = figure;
  return runs === 1 ? short(median) : `${short(median)} (${short(min)}–${short(max)})`;
}

function short(figure: number): string {
  const digits = figure >= 100 || Number.isInteger(figure) ? 0 : figure >= 10 ? 1 : 2;
  return figure.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
