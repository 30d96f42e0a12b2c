// exchange: what became of each row of a file, and how many fared alike.
import type { ImportRow } from './instruction.js';
import type { Refusal } from './refusal.js';

export type Outcome = 'accepted' | 'already there' | 'refused' | 'cancelled';

export interface RowResult extends Partial<Refusal> {
  readonly row: number;
  readonly line: number;
  readonly key: string;
  readonly outcome: Outcome;
  /** The fact words of the row. */
  readonly facts: readonly string[];
}

/** How a file fared; the four outcomes add up to `rows`. */
export interface ImportResult {
  readonly rows: number;
  /** Facts newly recorded. */
  facts: number;
  accepted: number;
  alreadyThere: number;
  refused: number;
  cancelled: number;
  /** In the order of the file. */
  readonly results: RowResult[];
}

/** How a row ended. */
export type Ending = Partial<Refusal> & { readonly outcome: Outcome };

/** A row that was begun, and its result. */
export interface Begun {
  readonly row: ImportRow;
  readonly result: RowResult;
}

/** Where rows of each outcome are counted. */
const COUNTED = {
  accepted: 'accepted',
  'already there': 'alreadyThere',
  refused: 'refused',
  cancelled: 'cancelled',
} as const;

export function nothingYet(rows: number): ImportResult {
  return { rows, facts: 0, accepted: 0, alreadyThere: 0, refused: 0, cancelled: 0, results: [] };
}

/** A row in its place: results stand in the order of the file, whichever row ends first. */
export function begun(row: ImportRow, { results }: ImportResult): Begun {
  const { row: number, line, key, facts } = row;
  const result = { row: number, line, key, outcome: 'cancelled' as const, facts: facts.map(({ word }) => word) };
  results.push(result);
  return { row, result };
}

export function end({ row, result }: Begun, ending: Ending, all: ImportResult): void {
  Object.assign(result, ending);
  all[COUNTED[ending.outcome]] += row.rows;
}
