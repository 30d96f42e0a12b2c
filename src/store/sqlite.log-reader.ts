// store: the log in events.db, read by its own connection.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Recorded } from '../kernel/recorded.js';
import { DamagedLog } from './damaged-log.js';
import { entryOf, type EntryRow } from './entry-row.js';
import { openLog } from './log-file.js';
import type { LogLayout } from './log-layout.js';
import { saidFor } from './sqlite-faults.js';

/** Reads events.db beside whoever writes it. Whatever is not as it was written is a `DamagedLog`, never an answer. */
export class SqliteLogReader {
  readonly datesRise = true;
  private readonly db: DatabaseSync;
  private readonly byStream: StatementSync;
  private readonly byPosition: StatementSync;
  private readonly selectHead: StatementSync;
  private readonly layout: LogLayout;
  private readonly name: string;

  constructor(
    protected readonly file: string,
    looked: 'through' | 'not yet' = 'not yet',
  ) {
    const { db, identity, layout } = openLog(file, looked);
    [this.db, this.name, this.layout] = [db, identity, layout];
    const { entries, ofStream } = layout;
    this.byStream = rows(db.prepare(`${entries} WHERE ${ofStream} ORDER BY version`));
    this.byPosition = rows(db.prepare(`${entries} WHERE position > ? ORDER BY position LIMIT ?`));
    this.selectHead = rows(db.prepare('SELECT max(position) FROM events'));
  }

  async readStream(stream: string): Promise<Recorded[]> {
    return saidFor(this.file, () => {
      const entries = this.entries(this.byStream.all(stream));
      this.demandAll(entries, ({ version, ...entry }, index) => {
        if (entry.stream !== stream) return `${stream} is not to be found, ${entry.stream} stands in its place`;
        return version === index || `version ${index} of ${stream} is missing`;
      });
      return entries;
    });
  }

  /** The writer leaves no gaps between positions: one that is found is damage. */
  async readAll(after: number, limit: number): Promise<Recorded[]> {
    return saidFor(this.file, () => {
      const entries = this.entries(this.byPosition.all(after, limit));
      this.demandAll(entries, ({ position }, index) => {
        const next = after + 1 + index;
        return position === next || `the entry at position ${next} is missing`;
      });
      return entries;
    });
  }

  /** Position of the last entry; 0 for an empty log. */
  head(): number {
    return Number(this.selectHead.get()![0] ?? 0);
  }

  async reached(): Promise<number> {
    return this.head();
  }

  identity(): string {
    return this.name;
  }

  async close(): Promise<void> {
    this.db.close();
  }

  private entries(found: readonly unknown[]): Recorded[] {
    return found.map((row) => entryOf(row as EntryRow, this.file, this.layout));
  }

  /** Throws the first fault that `faultOf` finds. */
  private demandAll(entries: readonly Recorded[], faultOf: (entry: Recorded, index: number) => true | string): void {
    entries.forEach((entry, index) => {
      const fault = faultOf(entry, index);
      if (fault !== true) throw new DamagedLog(this.file, fault);
    });
  }
}

function rows(statement: StatementSync): StatementSync {
  statement.setReturnArrays(true);
  return statement;
}
