// store: views that serve stay small beside the file that they are kept in.
import { jest } from '@jest/globals';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { newFolder } from '../../test/contract/folder.js';
import * as relief from '../../test/support/relief.js';
import type { Delivered } from '../kernel/delivered.js';
import type { View } from '../kernel/view.js';
import { Folding } from './folding.js';
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

function served() {
  const file = join(newFolder(), 'views.db');
  const open = () => ViewsDatabase.open(file, relief.LOG, [Heavy]);
  return { file, views: new ServedViews(open(), file, open, [Heavy]) };
}

const page = (position: number): Delivered[] => [
  { entry: relief.entry(relief.pledged(), { stream: 'donation-D', version: position, position }) },
];

const sizeAhead = (file: string) => statSync(`${file}-wal`).size / MIB;

describe('the write-ahead file of views', () => {
  it('is begun again however long entries come without a pause', async () => {
    const { file, views } = served();
    for (let position = 1; position <= 100; position++) {
      views.apply(page(position));
      views.keep();
      await views.fold();
      expect(sizeAhead(file)).toBeLessThan(70);
    }
    await views.close();
  });

  it('is left alone while a page waits to be kept', async () => {
    const { file, views } = served();
    for (let position = 1; position <= 12; position++) {
      views.apply(page(position));
      await views.fold();
    }
    expect(statSync(file).size).toBeLessThan(MIB);
    await views.close();
  });

  it('is folded before another file takes the place of theirs', async () => {
    const { file, views } = served();
    const next = join(newFolder(), 'next.db');
    ViewsDatabase.open(next, relief.LOG, [Heavy]).close();
    const seen: string[] = [];
    jest.spyOn(Folding.prototype, 'fold').mockImplementationOnce(async () => {
      await pause(50);
      seen.push('folded');
    });
    for (let position = 1; position <= 12; position++) {
      views.apply(page(position));
      views.keep();
      await views.fold();
    }
    await views.replace(next);
    expect([...seen, 'replaced']).toEqual(['folded', 'replaced']);
    expect([views.checkpoint().position, sizeAhead(file)]).toEqual([0, 0]);
    views.apply(page(1));
    views.keep();
    await views.close();
    const again = ViewsDatabase.open(file, relief.LOG, [Heavy]);
    expect(again.checkpoint().position).toBe(1);
    again.close();
  });
});
