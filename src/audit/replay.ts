// audit: the whole log once more, from the first entry, with everybody who has to see every entry.
import { DatabaseSync } from 'node:sqlite';
import { movementsOfStream } from '../goods-ledger/corrected.js';
import { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { isCorrection } from '../kernel/corrections.js';
import type { EventStore } from '../kernel/event-store.js';
import { withHistories, type Delivered } from '../kernel/delivered.js';
import type { Recorded } from '../kernel/recorded.js';
import { NamedAttachments } from './attached.js';
import { DispatchedByFacts } from './dispatched.js';
import { LogOrder } from './log-order.js';

const PAGE = 1_000;

export class Replay {
  readonly books = ledger();
  /** The same entries, streams in another order. */
  readonly shuffled = ledger();
  readonly order = new LogOrder();
  readonly dispatched = new DispatchedByFacts();
  readonly named = new NamedAttachments();
  /** Corrections that cannot be undone, in words. */
  readonly stuck: string[] = [];
  corrections = 0;
  read = 0;
  private position = 0;

  constructor(private readonly log: Pick<EventStore, 'readStream' | 'readAll'>) {}

  /** Goes on behind where it stands, up to a position. */
  async upTo(position: number, onProgress?: (events: number) => void): Promise<void> {
    while (this.position < position) {
      const entries = await this.log.readAll(this.position, PAGE);
      const page = entries.filter((entry) => entry.position <= position);
      if (page.length === 0) break;
      await this.take(page);
      onProgress?.(this.read);
    }
    this.position = position;
  }

  private async take(entries: readonly Recorded[]): Promise<void> {
    const page = await withHistories(this.log, entries);
    for (const entry of entries) {
      this.order.next(entry);
      this.named.next(entry);
    }
    apply(this.books, page);
    apply(this.shuffled, streamByStream(page));
    for (const delivered of page) {
      this.dispatched.next(delivered);
      if (delivered.history) this.undo(delivered.entry, delivered.history);
    }
    this.position = entries.at(-1)!.position;
    this.read += entries.length;
  }

  private undo({ position }: Recorded, history: readonly Recorded[]): void {
    this.corrections++;
    if (!restores(history)) this.stuck.push(`the correction at position ${position} cannot be undone`);
  }
}

function ledger(): { db: DatabaseSync; view: GoodsLedgerView } {
  const db = new DatabaseSync('');
  db.exec(`PRAGMA journal_mode = OFF; ${GoodsLedgerView.tables} ${GoodsLedgerView.indices}`);
  return { db, view: new GoodsLedgerView(db) };
}

function apply({ db, view }: ReturnType<typeof ledger>, page: readonly Delivered[]): void {
  db.exec('BEGIN');
  view.beginPage?.();
  for (const delivered of page) view.apply(delivered);
  view.endPage?.();
  db.exec('COMMIT');
}

/** The page in an order that mixes streams differently and keeps each stream's own. */
function streamByStream(page: readonly Delivered[]): Delivered[] {
  return [...page].sort((a, b) => (a.entry.stream < b.entry.stream ? 1 : a.entry.stream > b.entry.stream ? -1 : 0));
}

/** True when a correction of the last correction would bring the movements back to what they were. */
function restores(history: readonly Recorded[]): boolean {
  const last = history.at(-1)!;
  if (!isCorrection(last)) return true;
  const data = { wrongEventId: last.id, reason: 'did_not_occur' as const, note: '' };
  const undo = { ...last, id: 'undo', version: last.version + 1, data } as Recorded;
  const before = JSON.stringify(movementsOfStream(history.slice(0, -1)));
  return JSON.stringify(movementsOfStream([...history, undo])) === before;
}
