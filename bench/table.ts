// bench: the one table.
import type { Find, Row } from './rows.ts';
import type { Measured } from './trial.ts';

const HEAD = ['what', 'unit', 'limit (min–max)', 'ours (min–max)', 'ours/limit', 'goal', 'met?'];

export function tableOf(rows: readonly Row[], find: Find): string {
  const lines = [HEAD, ...rows.map((row) => lineOf(row, find))];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const padded = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | '));
  const rule = widths.map((width) => '-'.repeat(width)).join(' | ');
  return [padded[0]!, rule, ...padded.slice(1)].map((line) => `| ${line} |`).join('\n');
}

function lineOf({ what, unit, limit, ours, goal }: Row, find: Find): string[] {
  const [bound, own] = [limit && find(limit), find(ours)!];
  const ratio = bound && bound.median > 0 ? (own.median / bound.median).toFixed(2) : '–';
  const verdict = goal ? (goal.met(own.median, bound?.median ?? 0) ? 'met' : 'NOT MET') : '–';
  return [what, unit, bound ? cell(bound) : '–', cell(own), ratio, goal?.text ?? '–', verdict];
}

function cell({ median, min, max, runs }: Measured): string {
  return runs === 1 ? short(median) : `${short(median)} (${short(min)}–${short(max)})`;
}

function short(figure: number): string {
  const digits = figure >= 100 ? 0 : figure >= 10 ? 1 : 2;
  return figure.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
