// kernel: what a read model is.
import type { Delivered } from './delivered.js';

/** Rows made from facts, in the order of the log; no clock, no chance, no input but the facts. */
export interface View {
  apply(delivered: Delivered): void;
  /** From here until `endPage` rows may wait in memory; without it, every entry is written as it is applied. */
  beginPage?(): void;
  /** Writes the rows that waited; the rows are the same whatever the pages. */
  endPage?(): void;
  /** Forgets whatever was remembered of rows: somebody else wrote them, or they were rolled back. */
  forgetRows?(): void;
}

/** The class of a view over a database `Db`: its tables, and a number to raise when tables or their meaning change. */
export interface ViewClass<Db, V extends View = View> {
  readonly version: number;
  readonly tables: string;
  /** Indices that only questions need, made unless they are there: a rebuild makes them when all rows are. */
  readonly indices?: string;
  /** Tables whose neighbouring rows are asked for together: a rebuild puts them in the order of their primary keys. */
  readonly clustered?: readonly string[];
  new (db: Db): V;
}
