// Fault: the disk takes nothing any more. What stands there can be read and carried away; nothing claims to be recorded.
import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { newFolder } from '../contract/folder.js';
import { countries, relief, type CountryReport } from '../support/cli.js';
import { booksOf } from './books.js';
import { cannotBeMade, noDisk, onDisk } from './disk.js';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

type Runs = Readonly<Record<'report' | 'verify' | 'backup' | 'serve' | 'import' | 'rebuild', Run>>;

const HISTORY = fileURLToPath(new URL('../../data/demo/march-2020.csv', import.meta.url));
const READ_ONLY = 'mount --bind "$DISK" "$DISK" && mount -o remount,bind,ro "$DISK"';

async function runsOn(folder: string, kept: string): Promise<Runs> {
  const { code, out, err } = await onDisk(folder, READ_ONLY, './read-only.mjs', kept);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Runs;
}

if (noDisk) it(`A read-only disk cannot be made on ${process.platform}: NOT CHECKED HERE`, cannotBeMade);
else {
  describe('a data folder on a read-only disk', () => {
    const [folder, kept] = [join(newFolder(), 'data'), newFolder()];
    let truth: CountryReport;
    let runs: Runs;

    beforeAll(async () => {
      expect((await relief('import', HISTORY, '--data', folder)).code).toBe(0);
      truth = await countries(folder);
      runs = await runsOn(folder, kept);
    }, 60_000);

    it('is read: reports, and what verify says', () => {
      expect(JSON.parse(runs.report.out)).toEqual(truth);
      expect(runs.verify.out).toContain('The books are in order.');
      expect(runs.verify.code).toBe(0);
    });

    it('is backed up to another disk', async () => {
      expect(runs.backup.code).toBe(0);
      const restored = join(newFolder(), 'data');
      mkdirSync(restored);
      copyFileSync(join(kept, 'backup.db'), join(restored, 'events.db'));

      expect((await countries(restored)).rows).toEqual(truth.rows);
    });

    it.each(['serve', 'import', 'rebuild'] as const)('is not written to: %s says so, and what to do', (command) => {
      const { code, err } = runs[command];

      expect(code).toBe(1);
      expect(err).toMatch(/^The disk is read-only: nothing of this was recorded.*Make .* writable, then start again/);
      expect(err).toContain(folder);
    });

    it('is as it was when the disk takes entries again', async () => {
      expect(await countries(folder)).toEqual(truth);
      expect((await booksOf(folder)).broken).toEqual([]);
    });
  });

  describe('a data folder whose newest entries stand in the write-ahead file, on a read-only disk', () => {
    it('is never read without them', async () => {
      const folder = join(newFolder(), 'data');
      expect((await relief('import', HISTORY, '--data', folder)).code).toBe(0);
      const killed = newFolder();
      const writer = new DatabaseSync(join(folder, 'events.db'));
      writer.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; CREATE TABLE newest (n); DROP TABLE newest; COMMIT');
      cpSync(folder, killed, { recursive: true, filter: (path) => !path.endsWith('-shm') });
      writer.close();

      const { verify, backup } = await runsOn(killed, newFolder());

      expect(verify.code).toBe(1);
      expect(backup.code).toBe(1);
      expect(backup.err).toMatch(/events\.db cannot be opened .*Its folder must be there, readable and writable/);
    }, 60_000);
  });
}
