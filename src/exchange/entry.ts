// exchange: rows of the logbook form as facts on their way to the log.
import { bodyOf, Faults, linesIn, refuseDiffering, refuseMisplaced } from './body.js';
import { correctionOf, streamOf, targetOf } from './correction.js';
import { FACT_WORDS, FORMS, MENTIONS, VOID, type Column, type Form } from './forms.js';
import type { Filled, Instruction, LogbookRow, RowProblem, Target, WrittenFact } from './instruction.js';
import { commandIdOf } from './keys.js';
import { nearest } from './nearest.js';

/** A fact, or everything that is wrong with its rows. */
export type Entered = { readonly fact: WrittenFact } | { readonly problems: readonly RowProblem[] };

/** What every row mentions: all rows wait for whatever changes it. */
export const EVERYTHING = '*';

/** The entries of one file, in its order. */
export class Entries {
  /** What each entry is about, so that a correction need not repeat it. */
  private readonly targets = new Map<string, Target>();

  constructor(private readonly source: string) {}

  /** The rows of one entry as one fact; `key` tells it from all others of the same source. */
  enter(key: string, rows: readonly LogbookRow[]): Entered {
    const first = rows[0]!;
    const word = first.cells.fact?.toLowerCase() ?? '';
    const faults = new Faults();
    if (!FACT_WORDS.includes(word)) {
      faults.add(first, 'fact', factRule(word));
      return { problems: faults.found };
    }
    const form = FORMS[word];
    for (const row of rows) {
      refuseMisplaced(word, row, faults);
      refuseDiffering(form, row, first, faults);
    }
    if (!first.cells.happened_at) faults.add(first, 'happened_at', 'must say when it happened');
    const instruction = this.instruction(key, rows, form, faults);
    if (faults.found.length > 0) return { problems: faults.found };
    const target = instruction.target ?? targetOf(form, first.cells);
    const { corrects } = first.cells;
    const within = corrects !== undefined ? this.targets.get(corrects) : form?.everyHub && target;
    if (target) this.targets.set(key, target);
    return { fact: written(word, form, rows, instruction, { target, within }) };
  }

  private instruction(key: string, rows: readonly LogbookRow[], form: Form | undefined, faults: Faults): Instruction {
    const commandId = commandIdOf(this.source, key);
    const { corrects } = rows[0]!.cells;
    if (corrects) {
      return {
        ...correctionOf(commandIdOf(this.source, corrects), this.targets.get(corrects), rows, form, faults),
        commandId,
      };
    }
    if (form) return { command: form.command, body: bodyOf(form, rows, faults), commandId };
    faults.add(rows[0]!, 'corrects', 'must name the entry that did not occur');
    return { command: VOID, body: {}, commandId };
  }
}

function written(
  word: string,
  form: Form | undefined,
  rows: readonly LogbookRow[],
  instruction: Instruction,
  { target, within }: { target: Target | undefined; within: Target | undefined },
): WrittenFact {
  const { cells } = rows[0]!;
  const writes = form ? [writtenTo(form, cells)] : [];
  const stock = form?.stock && cells[form.stock.at];
  const touched = stock === undefined ? [] : [thing('stock', stock)];
  if (form?.stock?.is === 'decided on') writes.push(...touched);
  if (instruction.target || form?.everyHub || form?.alone) writes.push(EVERYTHING);
  return {
    ...{ word, instruction, writes, reads: mentioned(rows) },
    adjusts: form?.stock?.is === 'adjusted' ? touched : [],
    record: target ? streamOf(target) : instruction.commandId,
    lineRows: form ? linesIn(form, rows).map(({ row }) => row) : [],
    ...(within?.room === 'consignment' && { within: thing('consignment', within.about.consignment!) }),
  };
}

/** The thing a fact changes, in the words of MENTIONS. */
function writtenTo({ room, id }: Form, cells: Filled): string {
  const reference = id.map((column) => cells[column] ?? '').join('-');
  return thing(room === 'catalogue' ? id[0]! : room, reference);
}

const MENTIONED = Object.entries(MENTIONS).map(([column, kind]) => ({ column: column as Column, kind }));

function mentioned(rows: readonly LogbookRow[]): string[] {
  const things: string[] = [];
  for (const { column, kind } of MENTIONED) {
    let last: string | undefined;
    for (const { cells } of rows) {
      const reference = cells[column];
      if (reference === undefined || reference === last) continue;
      things.push(thing(kind, reference));
      last = reference;
    }
  }
  things.push(EVERYTHING);
  return things;
}

function thing(kind: string, reference: string): string {
  return `${kind}:${reference.toUpperCase()}`;
}

function factRule(word: string): string {
  if (word === '') return `must say what happened: ${FACT_WORDS.join(', ')}`;
  return `must be a fact word; did you mean ${nearest(word, FACT_WORDS)}?`;
}
