// exchange: the rows of a foreign file as facts.
import { cellMaker, columnsOfRule, conditionOf, filledIn, Misfit, type Look, type MakeCell } from './cell-rule.js';
import { Entries } from './entry.js';
import type { Column } from './forms.js';
import type { Filled, ImportRow, LogbookRow, RowProblem, WrittenFact } from './instruction.js';
import { contentDigest, Keys } from './keys.js';
import type { FactRule, Mapping } from './mapping-file.js';
import type { Table, TableRow } from './table.js';

/** A fact rule, ready to run. */
interface FactMaker {
  readonly rule: FactRule;
  readonly conditions: readonly ((look: Look) => boolean)[];
  readonly cells: readonly (readonly [Column, MakeCell])[];
}

/** One run through a table. */
export class MappedRows {
  private readonly keys = new Keys();
  private readonly entries: Entries;
  private readonly keyOf: MakeCell;
  private readonly makers: readonly FactMaker[];
  private readonly onceMade = new Map<string, WrittenFact>();
  private readonly positions = new Map<string, number>();

  constructor(
    private readonly mapping: Mapping,
    private readonly table: Table,
  ) {
    this.entries = new Entries(mapping.name);
    this.keyOf = filledIn(mapping.key ?? '');
    this.makers = mapping.facts.map((rule) => ({
      rule,
      conditions: rule.when === undefined ? [] : [rule.when].flat().map(conditionOf),
      cells: Object.entries(rule.columns).map(
        ([column, cell]) => [column as Column, cellMaker(cell, mapping)] as const,
      ),
    }));
  }

  /** Neighbouring rows of one key are lines of the same facts. */
  *run(): Generator<ImportRow> {
    let open: TableRow[] = [];
    let openKey = '';
    for (const row of this.table.rows) {
      const key = this.keyOf(this.look(row));
      if (open.length > 0 && (key === '' || key !== openKey)) {
        yield this.importRow(openKey, open);
        open = [];
      }
      open.push(row);
      openKey = key;
    }
    if (open.length > 0) yield this.importRow(openKey, open);
  }

  private look({ cells }: TableRow): Look {
    return (column) => (cells[this.positionOf(column)] ?? '').trim();
  }

  private positionOf(column: string): number {
    const known = this.positions.get(column) ?? this.table.indexOf(column);
    this.positions.set(column, known);
    return known;
  }

  private importRow(stated: string, rows: readonly TableRow[]): ImportRow {
    const { row, line, cells } = rows[0]!;
    const key = stated || this.keys.fromContent(cells);
    const problems: RowProblem[] = rows.flatMap(({ row, problem }) => (problem ? [{ row, ...problem }] : []));
    const before = this.keys.usedBefore(key, row);
    if (before !== undefined) {
      const rule = `must be new: row ${before} uses it, and rows of one key stand together`;
      problems.push({ row, field: this.mapping.key!, rule, value: key });
    }
    const facts = problems.length > 0 ? [] : this.makers.flatMap((maker) => this.facts(maker, key, rows, problems));
    return { row, line, rows: rows.length, key, facts: problems.length > 0 ? [] : facts, problems };
  }

  private facts(maker: FactMaker, key: string, rows: readonly TableRow[], problems: RowProblem[]): WrittenFact[] {
    const misfits: RowProblem[] = [];
    const made = rows.flatMap((row): LogbookRow[] => {
      const look = this.look(row);
      if (!maker.conditions.every((holds) => holds(look))) return [];
      return [{ row: row.row, cells: this.cells(maker, row.row, look, misfits) }];
    });
    problems.push(...misfits);
    if (misfits.length > 0 || made.length === 0) return [];
    const { once, as } = maker.rule;
    if (!once) return this.fact(maker.rule, `${key}/${as}`, made, problems);
    return made.flatMap((row) => this.factOfManyRows(maker.rule, row, problems));
  }

  private factOfManyRows(rule: FactRule, row: LogbookRow, problems: RowProblem[]): WrittenFact[] {
    const once = `${rule.fact}-${contentDigest(row.cells)}`;
    const known = this.onceMade.get(once);
    if (known) return [known];
    const made = this.fact(rule, once, [row], problems).map((fact) => ({ ...fact, once }));
    if (made[0]) this.onceMade.set(once, made[0]);
    return made;
  }

  private fact(rule: FactRule, key: string, rows: readonly LogbookRow[], problems: RowProblem[]): WrittenFact[] {
    const entered = this.entries.enter(key, rows);
    if ('fact' in entered) return [entered.fact];
    const named = (field: string) => columnName(this.mapping, rule.fact, field as Column);
    problems.push(...entered.problems.map((problem) => ({ ...problem, field: named(problem.field) })));
    return [];
  }

  private cells({ rule, cells }: FactMaker, row: number, look: Look, misfits: RowProblem[]): Filled {
    const made: Partial<Record<Column, string>> = { fact: rule.fact };
    for (const [column, make] of cells) {
      try {
        const text = make(look).trim();
        if (text !== '') made[column] = text;
      } catch (error) {
        if (!(error instanceof Misfit)) throw error;
        misfits.push({ row, field: columnName(this.mapping, rule.fact, column), rule: error.rule, value: error.value });
      }
    }
    return made;
  }
}

/** The foreign column that fills a column of the logbook, or the latter when it is a constant. */
export function columnName(mapping: Mapping, word: string, column: Column): string {
  const rule = mapping.facts.find(({ fact, columns }) => fact === word && columns[column] !== undefined)?.columns[
    column
  ];
  const columns = rule === undefined ? [] : columnsOfRule(rule);
  return columns.length === 0 ? column : columns.join(' + ');
}
