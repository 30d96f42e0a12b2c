// store: views and their checkpoint are one; whatever does not fit the log or the code is not used.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../../test/contract/folder.js';
import { batch, proposed } from '../../test/contract/proposed.js';
import { NewTally, Tally } from '../../test/contract/tally.js';
import { NO_STREAM } from '../kernel/event-store.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Proposed } from '../kernel/recorded.js';
import { MemoryEventStore } from './memory.event-store.js';
import { remove, ViewsDatabase } from './views-database.js';
import type { Viewed } from './views-state.js';

const LOG: Viewed = { identity: () => 'the log', head: () => 1_000_000 };
const newFile = () => join(newFolder(), 'views.db');

/** Entries as the projector brings them. */
async function page(events: readonly Proposed[]): Promise<Delivered[]> {
  const log = new MemoryEventStore();
  await log.append('donation-A', NO_STREAM, events);
  return (await log.readAll(0, 100)).map((entry) => ({ entry }));
}

const five = () => page(batch('five', 5));

class SecondTally extends Tally {
  static override readonly tables = '';
}

describe('a page of entries', () => {
  it('moves the rows and the checkpoint together', async () => {
    const views = ViewsDatabase.open(':memory:', LOG, [Tally]);
    views.apply(await five());

    expect(views.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 5 }]);
    expect(views.checkpoint()).toEqual({ position: 5, events: 5 });
    expect(views.stored()).toEqual({ position: 5, events: 5 });
    views.close();
  });

  it('is seen by others when it is kept, together with the pages before it', async () => {
    const file = newFile();
    const views = ViewsDatabase.open(file, LOG, [Tally]);
    const reader = ViewsDatabase.openReadOnly(file, [Tally]);
    const [first, ...others] = await five();
    views.collect([first!]);
    views.collect(others);
    expect(reader.checkpoint()).toEqual({ position: 0, events: 0 });

    views.keep();
    expect(reader.checkpoint()).toEqual({ position: 5, events: 5 });
    expect(reader.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 5 }]);
    for (const each of [reader, views]) each.close();
  });

  it('may be collected with others: the rows are then those of all of them together', async () => {
    const [first, second, ...others] = await five();
    const views = ViewsDatabase.open(newFile(), LOG, [Tally]);
    views.collect([first!]);
    views.collect([second!]);
    expect(views.checkpoint()).toEqual({ position: 2, events: 2 });
    views.keep();
    views.collect(others);
    views.keep();

    expect(views.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 5 }]);
    expect(views.stored()).toEqual({ position: 5, events: 5 });
    views.close();
  });

  it('that was collected is gone when a later one cannot be applied', async () => {
    const [first, second, third] = await five();
    const views = ViewsDatabase.open(newFile(), LOG, [Tally]);
    views.collect([first!]);
    const poison: Delivered = { entry: { ...third!.entry, data: { poison: true } } };
    expect(() => views.collect([second!, poison])).toThrow(/cannot take entry 3/);

    expect([views.checkpoint(), views.stored()]).toEqual(Array(2).fill({ position: 0, events: 0 }));
    views.close();
  });

  it('goes back to what is kept when the disk does not take it, and says so', async () => {
    const views = ViewsDatabase.open(newFile(), LOG, [Tally]);
    views.db.exec(`CREATE TABLE leader (id INTEGER PRIMARY KEY);
      CREATE TABLE follower (leader REFERENCES leader DEFERRABLE INITIALLY DEFERRED);`);
    const [first, ...others] = await five();
    views.apply([first!]);
    views.collect(others);
    // A promise to SQLite that only the commit finds broken.
    views.db.exec('INSERT INTO follower VALUES (7)');

    expect(() => views.keep()).toThrow(/FOREIGN KEY/);
    expect([views.checkpoint(), views.stored()]).toEqual(Array(2).fill({ position: 1, events: 1 }));
    views.apply(others);
    expect(views.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 5 }]);
    views.close();
  });

  it('leaves nothing when a view throws in the middle, and can be tried again', async () => {
    const file = newFile();
    const views = ViewsDatabase.open(file, LOG, [Tally]);
    const [first, second, ...others] = await five();
    views.apply([first!]);
    const poison: Delivered = { entry: { ...others[0]!.entry, data: { poison: true } } };

    expect(() => views.apply([second!, poison, ...others])).toThrow(/cannot take entry 3/);

    expect(views.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 1 }]);
    expect([views.checkpoint(), views.stored()]).toEqual(Array(2).fill({ position: 1, events: 1 }));
    views.apply([second!, ...others]);
    expect(views.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 5 }]);
    views.close();
    const again = ViewsDatabase.open(file, LOG, [Tally]);
    expect(again.checkpoint()).toEqual({ position: 5, events: 5 });
    again.close();
  });

  it('leaves nothing in any view when one of them throws', async () => {
    class Broken extends SecondTally {
      override apply(): void {
        throw new Error('broken');
      }
    }
    const views = ViewsDatabase.open(':memory:', LOG, [Tally, Broken]);
    const entries = await five();

    expect(() => views.apply(entries)).toThrow('broken');

    expect(views.view(Tally).rows()).toEqual([]);
    views.close();
  });

  it('is refused when somebody else moved the checkpoint', async () => {
    const file = newFile();
    const [mine, other] = [ViewsDatabase.open(file, LOG, [Tally]), ViewsDatabase.open(file, LOG, [Tally])];
    other.apply(await five());
    const entries = await five();

    expect(() => mine.apply(entries)).toThrow(/moved the checkpoint/);

    expect(mine.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 5 }]);
    mine.close();
    other.close();
  });
});

describe('the views of a log, opened again', () => {
  const filled = async (classes = [Tally]) => {
    const file = newFile();
    const views = ViewsDatabase.open(file, LOG, classes);
    views.apply(await five());
    views.close();
    return file;
  };

  it('go on where they stood', async () => {
    const views = ViewsDatabase.open(await filled(), LOG, [Tally]);

    expect(views.checkpoint()).toEqual({ position: 5, events: 5 });
    expect(views.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 5 }]);
    views.close();
  });

  it('are refused for another log, with advice and untouched', async () => {
    const file = await filled();

    expect(() => ViewsDatabase.open(file, { ...LOG, identity: () => 'another log' }, [Tally])).toThrow(
      /another log.*"relief rebuild"/,
    );

    const views = ViewsDatabase.open(file, LOG, [Tally]);
    expect(views.checkpoint().position).toBe(5);
    views.close();
  });

  it.each([
    ['a view has a new version', [NewTally]],
    ['a view was added', [Tally, SecondTally]],
  ])('are empty when %s', async (_, classes) => {
    const views = ViewsDatabase.open(await filled(), LOG, classes);

    expect(views.checkpoint()).toEqual({ position: 0, events: 0 });
    expect(views.view(classes[0]!).rows()).toEqual([]);
    views.close();
  });

  it('are empty when a view was taken away', async () => {
    const file = await filled([Tally, SecondTally]);
    const views = ViewsDatabase.open(file, LOG, [Tally]);

    expect(views.checkpoint()).toEqual({ position: 0, events: 0 });
    views.close();
  });

  it('are empty when the file was removed with all that belongs to it', async () => {
    const file = newFile();
    const open = ViewsDatabase.open(file, LOG, [Tally]);
    open.apply(await five());
    expect(existsSync(`${file}-wal`)).toBe(true);
    open.close();
    remove(file);
    expect(['', '-wal', '-shm'].map((suffix) => existsSync(`${file}${suffix}`))).toEqual([false, false, false]);

    const views = ViewsDatabase.open(file, LOG, [Tally]);
    expect(views.checkpoint()).toEqual({ position: 0, events: 0 });
    views.close();
  });
});

describe('views beside the process that writes them', () => {
  it('show what is committed, and cannot be written to', async () => {
    const file = newFile();
    const writer = ViewsDatabase.open(file, LOG, [Tally]);
    const reader = ViewsDatabase.openReadOnly(file, [Tally]);
    const entries = await five();
    writer.apply(entries.slice(0, 2));

    expect(reader.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 2 }]);
    expect(reader.stored()).toEqual({ position: 2, events: 2 });
    expect(() => reader.apply(entries)).toThrow(/readonly/);
    reader.close();
    writer.close();
  });

  it('do not show a page that is not committed', async () => {
    const file = newFile();
    class Peeking extends SecondTally {
      override apply({ entry }: Delivered): void {
        if (entry.position === 5) seen.push(...reader.view(Tally).rows());
      }
    }
    ViewsDatabase.open(file, LOG, [Tally, Peeking]).close();
    const seen: object[] = [];
    const reader = ViewsDatabase.openReadOnly(file, [Tally, Peeking]);
    const writer = ViewsDatabase.open(file, LOG, [Tally, Peeking]);
    const entries = await five();
    writer.apply(entries.slice(0, 2));
    writer.apply(entries.slice(2));

    expect(seen).toEqual([{ stream: 'donation-A', entries: 2 }]);
    reader.close();
    writer.close();
  });

  it('are refused when another version of the code wrote them', () => {
    const file = newFile();
    ViewsDatabase.open(file, LOG, [Tally]).close();

    expect(() => ViewsDatabase.openReadOnly(file, [NewTally])).toThrow(/another version of relief/);
  });
});

describe('a rehearsal of views', () => {
  it('shows what would be, and keeps nothing', async () => {
    const file = newFile();
    const entries = await page([...batch('five', 5), proposed('poison', 0, { poison: true })]);
    const views = ViewsDatabase.open(file, LOG, [Tally]);
    views.apply(entries.slice(0, 2));
    views.rehearse();
    views.apply(entries.slice(2, 4));
    expect(() => views.apply(entries.slice(4))).toThrow(/cannot take/);
    expect(views.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 4 }]);
    views.close();

    const after = ViewsDatabase.open(file, LOG, [Tally]);
    expect(after.view(Tally).rows()).toEqual([{ stream: 'donation-A', entries: 2 }]);
    expect(after.checkpoint()).toEqual({ position: 2, events: 2 });
    after.close();
  });
});
