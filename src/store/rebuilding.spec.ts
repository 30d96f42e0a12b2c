// store: new views beside those that serve: nobody waits, nobody sees the reports go back, and what was wrong is told.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newFolder } from '../../test/contract/folder.js';
import { batch, upTo } from '../../test/contract/proposed.js';
import { NewTally, shapes, Tally } from '../../test/contract/tally.js';
import { NO_STREAM } from '../kernel/event-store.js';
import { buildViews } from './build-views.js';
import { NEXT_VIEWS, VIEWS } from './data-folder.js';
import type { Builder } from './rebuilding.js';
import { openStores, type Stores } from './stores.js';

const opened: Stores[] = [];
afterEach(() => Promise.all(opened.splice(0).map((stores) => stores.close())));

async function open(folder: string, use: 'write' | 'mend' = 'write', classes = [Tally], build?: Builder) {
  const stores = await openStores({ kind: 'folder', folder, use }, shapes, classes, build && { build });
  opened.push(stores);
  return stores;
}

async function closed(stores: Stores): Promise<void> {
  opened.splice(opened.indexOf(stores), 1);
  await stores.close();
}

/** A folder with so many entries in streams of their own, and views that hold them. */
async function filled(entries: number): Promise<string> {
  const folder = newFolder();
  const stores = await open(folder);
  await Promise.all(upTo(entries).map((n) => stores.log.append(`donation-${n}`, NO_STREAM, batch(`filled ${n}`, 1))));
  await stores.rebuilding!.upToDate();
  await closed(stores);
  return folder;
}

const rows = ({ views }: Stores, of = Tally) => views.view(of).rows();
const expected = (entries: number) =>
  upTo(entries)
    .map((n) => ({ stream: `donation-${n}`, entries: 1 }))
    .sort((a, b) => (a.stream < b.stream ? -1 : 1));

/** Changes a views file behind everybody's back. */
function tamper(folder: string, sql: string): void {
  const db = new DatabaseSync(join(folder, VIEWS));
  db.exec(sql);
  db.close();
}

describe('a rebuild', () => {
  it('takes over with the same rows, and says that all of them were compared', async () => {
    const folder = await filled(5);
    const stores = await open(folder);
    const kept = stores.views.view(Tally);

    const built = await stores.rebuilding!.rebuild();

    expect(built).toMatchObject({ events: 5, comparison: { tables: 1, rows: 5, differences: [] } });
    expect(kept.rows()).toEqual(expected(5));
    expect(existsSync(join(folder, NEXT_VIEWS))).toBe(false);
  });

  it('puts rows that are asked for together next to each other', async () => {
    const folder = await filled(12);
    await (await open(folder)).rebuilding!.rebuild();
    const db = new DatabaseSync(join(folder, VIEWS), { readOnly: true });
    expect(db.prepare('SELECT stream, entries FROM tally ORDER BY rowid').all()).toEqual(expected(12));
    db.close();
  });

  it('tells what the old views had wrong, and puts it right', async () => {
    const folder = await filled(5);
    tamper(
      folder,
      `UPDATE tally SET entries = 7 WHERE stream = 'donation-3'; DELETE FROM tally WHERE stream = 'donation-4'`,
    );
    const stores = await open(folder);

    const { comparison } = await stores.rebuilding!.rebuild();

    expect(comparison!.differences).toEqual(['tally: 1 rows served until now are not in the new views, 2 are new']);
    expect(rows(stores)).toEqual(expected(5));
  });

  it('lets everybody ask and record meanwhile, and the reports never go back', async () => {
    const folder = await filled(3);
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const stores: Stores = await open(folder, 'write', [Tally], async (order, onBuilding) => {
      const built = await buildViews(order, stores.log, [Tally], onBuilding);
      await gate;
      return built;
    });
    const seen: number[] = [];
    stores.projector.onMoved(() => seen.push(stores.projector.checkpoint.position));
    const rebuilt = stores.rebuilding!.rebuild();
    for (const n of [3, 4, 5]) {
      const { position } = await stores.log.append(`donation-${n}`, NO_STREAM, batch(`filled ${n}`, 1));
      expect(await stores.projector.waitFor(position, 5_000)).toBe(true);
    }
    expect(rows(stores)).toEqual(expected(6));
    const before = stores.views.checkpoint();

    go();
    await rebuilt;

    expect(stores.views.checkpoint()).toEqual(before);
    expect(rows(stores)).toEqual(expected(6));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await stores.log.append('donation-6', NO_STREAM, batch('filled 6', 1));
    await stores.projector.catchUp();
    expect(rows(stores)).toEqual(expected(7));
  });

  it('that was ended goes on where it was, and the old views serve until then', async () => {
    const folder = await filled(7_500);
    const positions: number[] = [];
    const ending: Builder = (order, onBuilding) =>
      buildViews(order, stores.log, [Tally], (position, of) => {
        positions.push(position);
        onBuilding(position, of);
        if (positions.length === 6) throw new Error('The power went.');
      });
    const stores: Stores = await open(folder, 'write', [Tally], ending);
    await expect(stores.rebuilding!.rebuild()).rejects.toThrow('The power went.');
    expect(rows(stores)).toEqual(expected(7_500));
    expect(positions).toEqual([1_000, 2_000, 3_000, 4_000, 5_000, 6_000]);

    await stores.rebuilding!.rebuild();

    expect(positions.slice(6)).toEqual([7_000, 7_500]);
    expect(rows(stores)).toEqual(expected(7_500));
  });

  it('is one at a time: who asks for a second one waits for the first', async () => {
    const stores = await open(await filled(3));

    const [one, two] = await Promise.all([stores.rebuilding!.rebuild(), stores.rebuilding!.rebuild()]);

    expect(two).toBe(one);
  });

  it('starts anew when what was left belongs to another log', async () => {
    const folder = await filled(2);
    const other = await filled(9);
    const next = new DatabaseSync(join(other, VIEWS));
    next.prepare('VACUUM INTO ?').run(join(folder, NEXT_VIEWS));
    next.close();
    const stores = await open(folder);

    await stores.rebuilding!.rebuild();

    expect(rows(stores)).toEqual(expected(2));
  });
});

describe('views that cannot serve', () => {
  it('are built anew when another version of the program made them; the tables that both have are compared', async () => {
    const folder = await filled(4);
    const stores = await open(folder, 'write', [NewTally]);
    expect(stores.rebuilding!.reason).toBe('another version of the program made them');
    expect(rows(stores, NewTally)).toEqual([]);

    const told: number[] = [];
    await stores.rebuilding!.upToDate((position) => told.push(position));

    expect(rows(stores, NewTally)).toEqual(expected(4));
    expect(stores.rebuilding!.reason).toBeUndefined();
    expect(told.at(-1)).toBe(4);
  });

  it('are built anew when their file cannot be read', async () => {
    const folder = await filled(4);
    writeFileSync(join(folder, VIEWS), 'this was never a database, and has been written over one');
    const stores = await open(folder);
    expect(stores.rebuilding!.reason).toBe('their file cannot be read');

    await stores.rebuilding!.upToDate();

    expect(rows(stores)).toEqual(expected(4));
  });

  it('are refused when they had seen more than the log has: entries are missing, and nothing is touched', async () => {
    const folder = await filled(4);
    tamper(folder, 'UPDATE views SET position = 9, events = 9');

    await expect(open(folder)).rejects.toThrow(
      /ends at position 4, but its reports had seen position 9.*relief rebuild/,
    );

    const mended = await open(folder, 'mend');
    await mended.rebuilding!.rebuild();
    expect(rows(mended)).toEqual(expected(4));
  });

  it('are refused for another log, unless they are to be mended', async () => {
    const folder = await filled(4);
    tamper(folder, `UPDATE views SET log = 'another log'`);

    await expect(open(folder)).rejects.toThrow(/views of another log.*relief rebuild/);

    const mended = await open(folder, 'mend');
    await mended.rebuilding!.rebuild();
    expect(rows(mended)).toEqual(expected(4));
  });
});
