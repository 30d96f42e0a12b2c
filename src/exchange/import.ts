// exchange: sends the facts of a file to the log, row by row.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ReliefError } from '../kernel/errors.js';
import type { ImportRow, ImportSource, Instruction, Recorder, WrittenFact } from './instruction.js';
import { refusalOf, refusalOfProblems, type Refusal } from './refusal.js';
import { RowOrder } from './row-order.js';

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

export interface ImportOptions {
  /** Called after each row, with rows of the file. */
  onProgress?(done: number, total: number): void;
  /** No further row is begun once it is aborted; those begun are finished. */
  readonly signal?: AbortSignal;
  /** Rows under way at a time. */
  readonly window?: number;
  /** Stock at other places needs no order; left out, any may be a hub but those the file registers as something else. */
  isHub?(place: string): boolean;
}

/** Rows that wait together share a write to the disk: 256 took a third longer for the same file. */
const WINDOW = 1024;
const ROWS_A_TURN = 256;

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
  private readonly underWay = new Set<Promise<void>>();
  private wake: () => void = () => {};
  private done = 0;
  private failure: Error | undefined;
  /** Facts of many rows: begun ones, and what became of those that ended. */
  private readonly begun = new Set<string>();
  private readonly ended = new Map<string, Refusal | 'recorded'>();
  private readonly notHubs = new Set<string>();
  private readonly result: ImportResult;

  constructor(
    private readonly source: ImportSource,
    private readonly recorder: Recorder,
    private readonly options: ImportOptions,
  ) {
    this.result = { rows: source.total, facts: 0, accepted: 0, alreadyThere: 0, refused: 0, cancelled: 0, results: [] };
  }

  async run(): Promise<ImportResult> {
    const { signal, window = WINDOW } = this.options;
    let begun = 0;
    for (const row of this.source.rows) {
      if (this.failure) break;
      // A recorder that never waits would keep signals and the progress bar waiting.
      if (++begun % ROWS_A_TURN === 0) await nextTurn();
      if (this.underWay.size >= window) await new Promise<void>((resolve) => (this.wake = resolve));
      if (signal?.aborted) this.finish(row, this.place(row), { outcome: 'cancelled' });
      else this.begin(row);
    }
    await Promise.all(this.underWay);
    if (this.failure) throw this.failure;
    return this.result;
  }

  private begin(row: ImportRow): void {
    const place = this.place(row);
    if (row.problems.length > 0)
      return this.finish(row, place, { outcome: 'refused', ...refusalOfProblems(row, row.problems) });
    const { writes, reads } = this.touches(row);
    const work = this.order.run(writes, reads, async () => {
      try {
        this.finish(row, place, await this.record(row));
      } catch (error) {
        this.failure ??= new Error(`The import stopped at row ${row.row}: ${(error as Error).message}`, {
          cause: error,
        });
      }
    });
    const ended = work.then(() => {
      this.underWay.delete(ended);
      this.wake();
    });
    this.underWay.add(ended);
  }

  /** Results stand in the order of the file, whichever row ends first. */
  private place(row: ImportRow): number {
    const { row: number, line, key } = row;
    const facts = row.facts.map(({ word }) => word);
    return this.result.results.push({ row: number, line, key, facts, outcome: 'cancelled' }) - 1;
  }

  private finish(row: ImportRow, place: number, how: { outcome: Outcome } & Partial<Refusal>): void {
    const { result } = this;
    result.results[place] = { ...result.results[place]!, ...how };
    const count = (
      { accepted: 'accepted', 'already there': 'alreadyThere', refused: 'refused', cancelled: 'cancelled' } as const
    )[how.outcome];
    result[count] += row.rows;
    this.done += row.rows;
    this.options.onProgress?.(this.done, result.rows);
  }

  private touches({ facts }: ImportRow): { writes: Set<string>; reads: Set<string> } {
    const writes = new Set<string>();
    const reads = new Set<string>();
    for (const fact of facts) {
      this.learnPlace(fact);
      const first = fact.once === undefined || !this.begun.has(fact.once);
      for (const thing of fact.writes) if (!this.isIdleStock(thing)) (first ? writes : reads).add(thing);
      for (const thing of fact.reads) reads.add(thing);
      if (fact.once !== undefined) this.begun.add(fact.once);
    }
    return { writes, reads };
  }

  private learnPlace({ instruction: { command, body } }: WrittenFact): void {
    const { place, kind } = body as { place?: string; kind?: string };
    if (command === 'RegisterPlace' && place && kind !== 'hub') this.notHubs.add(place.toUpperCase());
  }

  private isIdleStock(thing: string): boolean {
    if (!thing.startsWith('stock:')) return false;
    const place = thing.slice('stock:'.length);
    return this.notHubs.has(place) || (this.options.isHub !== undefined && !this.options.isHub(place));
  }

  private async record(row: ImportRow): Promise<{ outcome: Outcome } & Partial<Refusal>> {
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
    const answers = await this.recorder.record(facts.map(({ instruction }): Instruction => instruction));
    return answers.filter(({ repeated }) => !repeated).length;
  }

  private end(facts: readonly WrittenFact[], how: Refusal | 'recorded'): void {
    for (const { once } of facts) if (once !== undefined) this.ended.set(once, how);
  }
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
