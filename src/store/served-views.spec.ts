// store: views that serve are asked of one moment, and stay small beside the file that they are kept in.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { newFolder } from '../../test/contract/folder.js';
import { Tally } from '../../test/contract/tally.js';
import * as relief from '../../test/support/relief.js';
import type { Delivered } from '../kernel/delivered.js';
import type { View } from '../kernel/view.js';
import { ServedViews } from './served-views.js';
import { ViewsDatabase } from './views-database.js';

const MIB = 2 ** 20;

/** Two MiB in the write-ahead file for each entry. */
class Heavy implements View {
  static readonly version = 1;
  static readonly tables =
    'CREATE TABLE heavy (id INTEGER PRIMARY KEY, load BLOB) STRICT; INSERT INTO heavy VALUES (1, NULL)';

  constructor(private readonly db: DatabaseSync) {}

  apply(): void {
    this.db.exec(`UPDATE heavy SET load = randomblob(${2 * MIB})`);
  }
}

/** A view that remembers its answer until it is told to forget. */
class Remembering extends Tally {
  private readonly known: number[] = [];

  forgetRows(): void {
    this.known.length = 0;
  }

  count(): number {
    return (this.known[0] ??= this.rows().length);
  }
}

const page = (position: number): Delivered[] => [
  { entry: relief.entry(relief.pledged(), { stream: `donation-${position}`, version: 0, position }) },
];

/** A writer, and views that serve beside it. */
function served() {
  const file = join(newFolder(), 'views.db');
  const classes = [Remembering];
  const writer = ViewsDatabase.open(file, relief.LOG, classes);
  const open = () => ViewsDatabase.openReadOnly(file, classes);
  return { file, writer, views: new ServedViews(open(), open, classes) };
}

describe('views that serve beside their writer', () => {
  it('answer everything that is asked in one turn of one moment, with the checkpoint of that moment', async () => {
    const { writer, views } = served();
    const tally = views.view(Remembering);
    writer.apply(page(1));
    expect(views.checkpoint().position).toBe(1);
    writer.apply(page(2));
    expect([tally.rows().length, views.checkpoint().position]).toEqual([1, 1]);

    await nextTurn();

    expect([tally.rows().length, views.checkpoint().position]).toEqual([2, 2]);
    views.close();
    writer.close();
  });

  it('see what was kept as soon as they are told to look', () => {
    const { writer, views } = served();
    expect(views.checkpoint().position).toBe(0);
    writer.apply(page(1));

    views.refresh();

    expect([views.view(Remembering).rows().length, views.checkpoint().position]).toEqual([1, 1]);
    views.close();
    writer.close();
  });

  it('remember nothing that the writer changed', async () => {
    const { writer, views } = served();
    const tally = views.view(Remembering);
    expect(tally.count()).toBe(0);
    writer.apply(page(1));

    await nextTurn();

    expect(tally.count()).toBe(1);
    views.close();
    writer.close();
  });

  it('stay at one state for whoever needs longer than a turn, and go on behind it', async () => {
    const { writer, views } = served();
    const seen = await views.steadily(async () => {
      writer.apply(page(1));
      await nextTurn();
      views.refresh();
      return views.checkpoint().position;
    });

    expect([seen, views.checkpoint().position]).toEqual([0, 1]);
    views.close();
    writer.close();
  });

  it('speak of the new file when one takes their place, in the same turn', () => {
    const { file, writer, views } = served();
    const next = join(newFolder(), 'next.db');
    const filled = ViewsDatabase.open(next, relief.LOG, [Remembering]);
    filled.apply(page(1));
    filled.close();
    const tally = views.view(Remembering);
    expect(tally.count()).toBe(0);
    writer.close();

    views.replace(next, file);

    expect([tally.count(), views.checkpoint().position]).toEqual([1, 1]);
    views.close();
  });
});

describe('the write-ahead file of views', () => {
  const sizeAhead = (file: string) => statSync(`${file}-wal`).size / MIB;

  function heavy() {
    const file = join(newFolder(), 'views.db');
    const writer = ViewsDatabase.open(file, relief.LOG, [Heavy]);
    const open = () => ViewsDatabase.openReadOnly(file, [Heavy]);
    return { file, writer, views: new ServedViews(open(), open, [Heavy]) };
  }

  it('is begun again however long entries come without a pause, and however often somebody asks', async () => {
    const { file, writer, views } = heavy();
    for (let position = 1; position <= 100; position++) {
      views.checkpoint();
      writer.apply(page(position));
      await nextTurn();
      writer.foldWhenLarge();
      expect(sizeAhead(file)).toBeLessThan(70);
    }
    views.close();
    writer.close();
  });

  it('waits for nobody who reads one state for long, and is begun again behind them', async () => {
    const { file, writer, views } = heavy();
    let position = 0;
    const write = (pages: number) => {
      for (let n = 0; n < pages; n++) {
        writer.apply(page(++position));
        writer.foldWhenLarge();
      }
    };
    await views.steadily(async () => write(40));
    expect(sizeAhead(file)).toBeGreaterThan(70);
    await nextTurn();
    write(40);
    const most = sizeAhead(file);
    write(200);

    expect(sizeAhead(file)).toBe(most);
    views.close();
    writer.close();
  });
});
