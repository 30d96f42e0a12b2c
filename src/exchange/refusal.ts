// exchange: why a row was refused, in the words and columns of its file.
import { Invalid, type Problem, type ReliefError } from '../kernel/errors.js';
import { cellOf } from './body.js';
import { FORMS } from './forms.js';
import type { ImportRow, ImportSource, RowProblem, WrittenFact } from './instruction.js';

export interface Refusal {
  /** Stable: INVALID, UNKNOWN, CONTRADICTS_BOOKS, … */
  readonly code: string;
  readonly message: string;
  /** The columns at fault, where columns are. */
  readonly columns: readonly string[];
}

export function refusalOfProblems(row: ImportRow, problems: readonly RowProblem[]): Refusal {
  const message = problems.map((problem) => sentence(row, problem)).join('; ');
  return { code: 'INVALID', message, columns: [...new Set(problems.map(({ field }) => field))] };
}

/** What the house said of these facts; fields of commands are named as the columns they came from. */
export function refusalOf(
  error: ReliefError,
  facts: readonly WrittenFact[],
  row: ImportRow,
  source: ImportSource,
): Refusal {
  if (error instanceof Invalid) {
    return refusalOfProblems(
      row,
      error.problems.map((problem) => inColumns(problem, facts, row, source)),
    );
  }
  return { code: error.code, message: error.message, columns: [] };
}

function inColumns(problem: Problem, facts: readonly WrittenFact[], row: ImportRow, source: ImportSource): RowProblem {
  for (const { word, lineRows } of facts) {
    const cell = FORMS[word] && cellOf(FORMS[word], problem.field);
    if (!cell) continue;
    const inRow = cell.line === undefined ? row.row : (lineRows[cell.line] ?? row.row);
    return { ...problem, row: inRow, field: source.columnName(word, cell.column) };
  }
  return { ...problem, row: row.row };
}

function sentence(row: ImportRow, { row: number, field, rule, value }: RowProblem): string {
  const where = number === row.row ? '' : `row ${number}: `;
  const was =
    value === undefined || value === '' ? '' : ` (was ${typeof value === 'string' ? value : JSON.stringify(value)})`;
  return `${where}${field} ${rule}${was}`;
}
