// exchange: what a row of a file becomes, and who records it.
import type { Problem } from '../kernel/errors.js';
import type { Answer } from '../kernel/transact.js';
import type { Column } from './forms.js';

/** A record, by its room and the fields that name it there. */
export interface Target {
  readonly room: string;
  readonly about: Readonly<Record<string, string>>;
}

/** A command on its way to the house. */
export interface Instruction {
  readonly command: string;
  readonly body: object;
  readonly commandId: string;
  /** Only for CorrectEntry: the record whose entry is wrong. */
  readonly target?: Target;
}

/** Records the facts of one row; those of one record together or not at all. Throws ReliefError (kernel/errors). */
export interface Recorder {
  record(instructions: readonly Instruction[]): Promise<readonly Answer[]>;
}

/** The cells of a logbook row that are not empty, trimmed. */
export type Filled = Readonly<Partial<Record<Column, string>>>;

export interface LogbookRow {
  readonly row: number;
  readonly cells: Filled;
}

/** What is wrong in which row; `field` is the column as the file calls it. */
export interface RowProblem extends Problem {
  readonly row: number;
}

/** A fact as rows of the file state it. */
export interface WrittenFact {
  readonly word: string;
  readonly instruction: Instruction;
  /** What it writes to, such as `consignment:BOX-7`: the facts of one record are recorded together. */
  readonly record: string;
  /** Things it changes, things it mentions, and stock it changes without looking at it, as `kind:reference`. */
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  readonly adjusts: readonly string[];
  /** Where everything else waits for it only because it may change any stock: the consignment whose stock it changes. */
  readonly within?: string;
  /** The rows its lines stand in. */
  readonly lineRows: readonly number[];
  /** Set for facts that many rows repeat: equal text, equal fact. */
  readonly once?: string;
}

/** Rows of the file that are recorded or refused together. */
export interface ImportRow {
  readonly row: number;
  readonly line: number;
  /** How many rows of the file. */
  readonly rows: number;
  /** The entry, or the key that stands for it. */
  readonly key: string;
  readonly facts: readonly WrittenFact[];
  /** Any of these, and nothing of the row is recorded. */
  readonly problems: readonly RowProblem[];
}

/** A file that could be read. */
export interface ImportSource {
  readonly name: string;
  /** Rows of the file, the header and blank ones left out. */
  readonly total: number;
  /** May be run through more than once. */
  readonly rows: Iterable<ImportRow>;
  /** What the file itself calls a column of the logbook. */
  columnName(word: string, column: Column): string;
}
