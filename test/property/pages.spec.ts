// property tests: the rows of every view are the same whatever the pages they came in, and when a page failed before.
import fc from 'fast-check';
import type { DatabaseSync } from 'node:sqlite';
import type { Delivered } from '../../src/kernel/delivered.js';
import { VIEWS } from '../../src/contents.js';
import { ViewsDatabase } from '../../src/store/views-database.js';
import { LOG } from '../support/relief.js';
import { histories, Story } from './histories.js';
import { deliveries } from './ledger.js';

function allTables(db: DatabaseSync): Record<string, unknown[]> {
  const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).all();
  return Object.fromEntries(tables.map(({ name }) => [name, inOrder(db, String(name))]));
}

/** By their columns: where rows stand in the file depends on the pages. */
function inOrder(db: DatabaseSync, table: string): unknown[] {
  const columns = db.prepare(`SELECT * FROM ${table}`).columns();
  return db.prepare(`SELECT * FROM ${table} ORDER BY ${columns.map((_, index) => index + 1).join()}`).all();
}

const open = () => ViewsDatabase.open(':memory:', LOG, VIEWS);

function inPages(entries: readonly Delivered[], size: number): Record<string, unknown[]> {
  const views = open();
  for (let start = 0; start < entries.length; start += size) views.apply(entries.slice(start, start + size));
  return closed(views);
}

/** The same, but each page is first tried with an entry at its end that no view can take. */
function afterFailures(entries: readonly Delivered[], size: number): Record<string, unknown[]> {
  const views = open();
  for (let start = 0; start < entries.length; start += size) {
    const page = entries.slice(start, start + size);
    const last = page.at(-1)!.entry;
    const broken = { ...last, type: 'GoodsDelivered', data: {}, position: last.position + 1 };
    expect(() => views.apply([...page, { entry: { ...broken, stream: 'consignment-BROKEN' } }])).toThrow(/applied/);
    views.apply(page);
  }
  return closed(views);
}

function closed(views: ViewsDatabase): Record<string, unknown[]> {
  const rows = allTables(views.db);
  views.close();
  return rows;
}

describe('the rows of every view', () => {
  const forEveryHistory = async (law: (entries: readonly Delivered[]) => void) => {
    const property = fc.asyncProperty(histories({ imports: true }), async (steps) => {
      const story = await Story.tell(steps);
      law(await deliveries(story.office));
      await story.close();
    });
    await fc.assert(property, { numRuns: 12, interruptAfterTimeLimit: 15_000 });
  };

  it.each([2, 7, 1_000])('are those of one entry after the other when they come in pages of %d', (size) =>
    forEveryHistory((entries) => expect(inPages(entries, size)).toEqual(inPages(entries, 1))),
  );

  it.each([1, 5, 1_000])('remember nothing of pages of %d that failed', (size) =>
    forEveryHistory((entries) => expect(afterFailures(entries, size)).toEqual(inPages(entries, size))),
  );
});
