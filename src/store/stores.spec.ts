// store: log, views and projector opened together, in each of the four ways.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../../test/contract/folder.js';
import { batch, ids, proposed, whole } from '../../test/contract/proposed.js';
import { NewTally, shapes, Tally } from '../../test/contract/tally.js';
import { NO_STREAM } from '../kernel/event-store.js';
import { EVENTS, FolderInUse, VIEWS } from './data-folder.js';
import { openStores, type Stores } from './stores.js';

type Use = 'write' | 'rehearse' | 'read';

const open = (folder: string, use: Use = 'write') => openStores({ kind: 'folder', folder, use }, shapes, [Tally]);

const rows = ({ views }: Stores) => views.view(Tally).rows();

/** A folder with three entries in two streams, and views that hold them. */
async function filled(): Promise<string> {
  const folder = newFolder();
  const stores = await open(folder);
  await stores.log.append('donation-A', NO_STREAM, batch('one', 2));
  await stores.log.append('donation-B', NO_STREAM, batch('two', 1));
  await stores.projector.catchUp();
  await stores.close();
  return folder;
}

const KEPT = [
  { stream: 'donation-A', entries: 2 },
  { stream: 'donation-B', entries: 1 },
];

describe('stores in memory', () => {
  it('carry what is appended to the views', async () => {
    const stores = await openStores({ kind: 'memory' }, shapes, [Tally]);
    const { position } = await stores.log.append('donation-A', NO_STREAM, batch('one', 2));

    expect(await stores.projector.waitFor(position, 2_000)).toBe(true);
    expect(rows(stores)).toEqual([{ stream: 'donation-A', entries: 2 }]);
    await stores.close();
  });
});

describe('stores in a folder', () => {
  it('hold the log and the views when they are opened again', async () => {
    const stores = await open(await filled());

    expect(await whole(stores.log)).toHaveLength(3);
    expect(rows(stores)).toEqual(KEPT);
    expect(stores.projector.checkpoint).toEqual({ position: 3, events: 3 });
    await stores.close();
  });

  it('can be opened once', async () => {
    const folder = await filled();
    const stores = await open(folder);

    await expect(open(folder)).rejects.toThrow(FolderInUse);
    await expect(open(folder, 'rehearse')).rejects.toThrow(FolderInUse);

    await stores.close();
    await (await open(folder)).close();
  });

  it('rebuild views that were deleted, equal to those that were', async () => {
    const folder = await filled();
    rmSync(join(folder, VIEWS));
    const stores = await open(folder);
    expect(rows(stores)).toEqual([]);

    await stores.projector.catchUp();

    expect(rows(stores)).toEqual(KEPT);
    expect(stores.projector.checkpoint).toEqual({ position: 3, events: 3 });
    await stores.close();
  });

  it('catch up with what was appended while the views were away', async () => {
    const folder = await filled();
    const without = await openStores({ kind: 'folder', folder, use: 'write' }, shapes, [NewTally]);
    await without.log.append('donation-B', 0, batch('three', 1));
    await without.close();
    const stores = await open(folder);

    await stores.projector.catchUp();

    expect(rows(stores)).toEqual([KEPT[0], { stream: 'donation-B', entries: 2 }]);
    await stores.close();
  });

  it('stop the views at an entry they cannot take, and leave the rows in front of its page', async () => {
    const folder = await filled();
    const stores = await open(folder);
    await stores.log.append('donation-C', NO_STREAM, [proposed('good', 0), proposed('bad', 1, { poison: true })]);

    await expect(stores.projector.catchUp()).rejects.toThrow(/cannot take entry 5/);

    expect(rows(stores)).toEqual(KEPT);
    expect(stores.projector.failedWith?.message).toMatch(/cannot take entry 5/);
    await expect(stores.projector.waitFor(5, 100)).rejects.toThrow(/cannot take entry 5/);
    await stores.close();
  });
});

describe('a rehearsal', () => {
  it('answers as if everything were recorded, and keeps nothing', async () => {
    const folder = await filled();
    const rehearsal = await open(folder, 'rehearse');
    await rehearsal.log.append('donation-A', 1, batch('tried', 2));
    await rehearsal.log.append('donation-C', NO_STREAM, batch('new', 1));
    await rehearsal.projector.catchUp();
    expect(await whole(rehearsal.log)).toHaveLength(6);
    expect(rows(rehearsal)).toEqual([
      { stream: 'donation-A', entries: 4 },
      KEPT[1],
      { stream: 'donation-C', entries: 1 },
    ]);
    await rehearsal.close();

    const stores = await open(folder);
    expect(ids(await whole(stores.log))).toEqual(ids([...batch('one', 2), ...batch('two', 1)]));
    expect(rows(stores)).toEqual(KEPT);
    expect(stores.projector.checkpoint).toEqual({ position: 3, events: 3 });
    await stores.close();
  });

  it('knows versions and repeats of what is really recorded', async () => {
    const rehearsal = await open(await filled(), 'rehearse');

    await expect(rehearsal.log.append('donation-A', NO_STREAM, batch('late', 1))).rejects.toMatchObject({ actual: 1 });
    expect(await rehearsal.log.append('donation-A', NO_STREAM, batch('one', 2))).toEqual({ version: 1, position: 2 });
    await rehearsal.close();
  });

  it('brings the views up to date first, and that is kept', async () => {
    const folder = await filled();
    rmSync(join(folder, VIEWS));
    const rehearsal = await open(folder, 'rehearse');
    expect(rows(rehearsal)).toEqual(KEPT);
    await rehearsal.close();

    const stores = await open(folder);
    expect(stores.projector.checkpoint.position).toBe(3);
    await stores.close();
  });

  it('works in an empty folder, and leaves an empty log', async () => {
    const folder = newFolder();
    const rehearsal = await open(folder, 'rehearse');
    await rehearsal.log.append('donation-A', NO_STREAM, batch('tried', 1));
    await rehearsal.projector.catchUp();
    await rehearsal.close();

    const stores = await open(folder);
    expect([await whole(stores.log), rows(stores)]).toEqual([[], []]);
    await stores.close();
  });
});

describe('reading beside the process that writes', () => {
  it('sees what is committed, in the log and in the views', async () => {
    const folder = await filled();
    const [writer, reader] = [await open(folder), await open(folder, 'read')];
    await writer.log.append('donation-B', 0, batch('three', 1));
    await writer.projector.catchUp();

    expect(await whole(reader.log)).toEqual(await whole(writer.log));
    expect(await reader.log.readStream('donation-B')).toHaveLength(2);
    expect(rows(reader)).toEqual([KEPT[0], { stream: 'donation-B', entries: 2 }]);
    expect(reader.log.identity()).toBe(writer.log.identity());
    await reader.close();
    await writer.close();
  });

  it('does not write, and takes nothing from the writer', async () => {
    const folder = await filled();
    const reader = await open(folder, 'read');

    await expect(reader.log.append('donation-A', 1, batch('late', 1))).rejects.toThrow(/only reads/);

    const writer = await open(folder);
    await writer.log.append('donation-A', 1, batch('later', 1));
    await reader.close();
    await writer.close();
  });

  it('is refused where nothing was ever written', async () => {
    const folder = newFolder();

    await expect(open(folder, 'read')).rejects.toThrow(/no log in/);

    expect(existsSync(join(folder, EVENTS))).toBe(false);
  });

  it('is refused when another version of the code wrote the views', async () => {
    const folder = await filled();

    await expect(openStores({ kind: 'folder', folder, use: 'read' }, shapes, [NewTally])).rejects.toThrow(
      /another version/,
    );
  });
});
