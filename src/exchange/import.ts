// exchange: sends the facts of a file to the log, row by row.
import { ReliefError } from '../kernel/errors.js';
import { loopTurn } from '../kernel/loop-turn.js';
import type { Answer } from '../kernel/transact.js';
import { begun, end, nothingYet, type Begun, type Ending, type ImportResult } from './import-result.js';
import type { ImportRow, ImportSource, Recorder, WrittenFact } from './instruction.js';
import { refusalOf, refusalOfProblems, type Refusal } from './refusal.js';
import { RowOrder, type Work } from './row-order.js';
import { Touched, type Acquaintance } from './touched.js';

export interface ImportOptions extends Acquaintance {
  /** Called after each row, with rows of the file. */
  onProgress?(done: number, total: number): void;
  /** No further row is begun once it is aborted; those begun are finished. */
  readonly signal?: AbortSignal;
  /** Rows under way at a time. */
  readonly window?: number;
}

/** Rows that wait together share a write to the disk; more of them only take more memory. */
const WINDOW = 128;
/** Rows that begin in one turn of the loop go into one flush, and waking the writer takes as long as a row. */
const ROWS_A_TURN = 32;
/** The first rows run code that never ran before, which takes several times as long. */
const FIRST_ROWS = 128;
const FIRST_ROWS_A_TURN = 8;

/** Rows of one record that are recorded by one call. */
const ROWS_A_CALL = 64;

/** Rows about one record that follow each other, with nothing between them that they must wait for. */
interface Batch {
  readonly rows: Begun[];
  readonly work: Work;
}

/**
 * Records every row it can: a refused row never stops the others. Rows run side by side where nothing connects them, with
 * the outcome of one after the other. Throws only what is not a `ReliefError`, once the rows under way have ended.
 */
export async function importRows(
  source: ImportSource,
  recorder: Recorder,
  options: ImportOptions = {},
): Promise<ImportResult> {
  return new Import(source, recorder, options).run();
}

class Import {
  private readonly order = new RowOrder();
  /** Batches that have not started yet, by record. */
  private readonly open = new Map<string, Batch>();
  private readonly works = new Set<Promise<void>>();
  /** Rows that were begun and have not ended. */
  private underWay = 0;
  private turn: Promise<void> | undefined;
  private wake: () => void = () => {};
  private done = 0;
  private failure: Error | undefined;
  /** What became of facts of many rows. */
  private readonly ended = new Map<string, Refusal | 'recorded'>();
  private readonly touched: Touched;
  private readonly result: ImportResult;

  constructor(
    private readonly source: ImportSource,
    private readonly recorder: Recorder,
    private readonly options: ImportOptions,
  ) {
    this.touched = new Touched(options);
    this.result = nothingYet(source.total);
  }

  async run(): Promise<ImportResult> {
    const { signal, window = WINDOW } = this.options;
    let rows = 0;
    for (const row of this.source.rows) {
      if (this.failure) break;
      // A recorder that never waits would keep signals and the progress bar waiting.
      if (++rows % (rows < FIRST_ROWS ? FIRST_ROWS_A_TURN : ROWS_A_TURN) === 0) await loopTurn();
      if (this.underWay >= window) await new Promise<void>((resolve) => (this.wake = resolve));
      if (signal?.aborted) this.finish(begun(row, this.result), { outcome: 'cancelled' });
      else this.begin(begun(row, this.result));
    }
    await Promise.all(this.works);
    if (this.failure) throw this.failure;
    return this.result;
  }

  private begin(begun: Begun): void {
    const { row } = begun;
    if (row.problems.length > 0)
      return this.finish(begun, { outcome: 'refused', ...refusalOfProblems(row, row.problems) });
    const { writes, reads } = this.touched.by(row);
    const record = onlyRecordOf(row, writes);
    const open = record === undefined ? undefined : this.open.get(record);
    this.underWay++;
    if (open && open.rows.length < ROWS_A_CALL && this.order.join(open.work, writes, reads)) {
      open.rows.push(begun);
      return;
    }
    const rows = [begun];
    const work = this.order.run(writes, reads, () => this.recordAll(rows, record), this.endOfTurn());
    if (record !== undefined) this.open.set(record, { rows, work });
    const ended = work.done.then(() => {
      this.works.delete(ended);
      this.underWay -= rows.length;
      this.wake();
    });
    this.works.add(ended);
  }

  /** Work starts when no more rows are read in this turn: neighbours about one record then start together. */
  private endOfTurn(): Promise<void> {
    this.turn ??= loopTurn().then(() => (this.turn = undefined));
    return this.turn;
  }

  private async recordAll(rows: readonly Begun[], record: string | undefined): Promise<void> {
    if (record !== undefined && this.open.get(record)?.rows === rows) this.open.delete(record);
    if (rows.length > 1 && (await this.recordTogether(rows))) return;
    for (const begun of rows) {
      try {
        this.finish(begun, await this.record(begun.row));
      } catch (error) {
        return this.stop(begun.row, error);
      }
    }
  }

  /** Records rows by one call; false when one of them is refused: then none is recorded, and each is tried alone. */
  private async recordTogether(rows: readonly Begun[]): Promise<boolean> {
    try {
      const answers = await this.recorder.record(rows.flatMap(({ row }) => instructionsOf(row.facts)));
      let from = 0;
      for (const begun of rows) {
        const recorded = newly(answers.slice(from, (from += begun.row.facts.length)));
        this.result.facts += recorded;
        this.finish(begun, { outcome: recorded > 0 ? 'accepted' : 'already there' });
      }
      return true;
    } catch (error) {
      if (error instanceof ReliefError) return false;
      this.stop(rows[0]!.row, error);
      return true;
    }
  }

  private stop({ row }: ImportRow, cause: unknown): void {
    this.failure ??= new Error(`The import stopped at row ${row}: ${(cause as Error).message}`, { cause });
  }

  private finish(begun: Begun, ending: Ending): void {
    end(begun, ending, this.result);
    this.done += begun.row.rows;
    this.options.onProgress?.(this.done, this.result.rows);
  }

  private async record(row: ImportRow): Promise<Ending> {
    let recorded = 0;
    for (const facts of calls(row.facts)) {
      const known = facts[0]!.once === undefined ? undefined : this.ended.get(facts[0]!.once);
      if (known === 'recorded') continue;
      if (known) return { outcome: 'refused', ...known };
      try {
        recorded += await this.send(facts);
      } catch (error) {
        if (!(error instanceof ReliefError)) throw error;
        const refusal = refusalOf(error, facts, row, this.source);
        this.end(facts, refusal);
        this.result.facts += recorded;
        return { outcome: 'refused', ...refusal };
      }
      this.end(facts, 'recorded');
    }
    this.result.facts += recorded;
    return { outcome: recorded > 0 ? 'accepted' : 'already there' };
  }

  private async send(facts: readonly WrittenFact[]): Promise<number> {
    return newly(await this.recorder.record(instructionsOf(facts)));
  }

  private end(facts: readonly WrittenFact[], how: Refusal | 'recorded'): void {
    for (const { once } of facts) if (once !== undefined) this.ended.set(once, how);
  }
}

const instructionsOf = (facts: readonly WrittenFact[]) => facts.map(({ instruction }) => instruction);

const newly = (answers: readonly Answer[]) => answers.filter(({ repeated }) => !repeated).length;

/** The record that a row changes, when it changes nothing else. */
function onlyRecordOf({ facts }: ImportRow, writes: ReadonlySet<string>): string | undefined {
  const { record } = facts[0]!;
  const one = facts.every((fact) => fact.record === record && fact.once === undefined);
  return one && writes.size === 1 ? record : undefined;
}

/** Facts of one record in one call; what names things and facts of many rows come first, each in its own. */
function calls(facts: readonly WrittenFact[]): WrittenFact[][] {
  const alone: WrittenFact[][] = [];
  const together = new Map<string, WrittenFact[]>();
  for (const fact of facts) {
    const named = ['item', 'place', 'organisation'].includes(fact.word);
    if (named || fact.once !== undefined) alone.push([fact]);
    else if (!together.get(fact.record)?.push(fact)) together.set(fact.record, [fact]);
  }
  return [...alone, ...together.values()];
}
