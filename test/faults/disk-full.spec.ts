// Fault: the disk of a serving program is full, and has space again later.
import { join } from 'node:path';
import { newFolder } from '../contract/folder.js';
import { brokenPromises, type Answered } from './answered.js';
import { booksOf } from './books.js';
import { cannotBeMade, noDisk, onDisk } from './disk.js';

/** What full-disk.mjs prints; figures are HTTP statuses. */
interface Said {
  readonly said: readonly Answered[];
  readonly refused: number;
  readonly meanwhile: {
    readonly again: number;
    readonly report: number;
    readonly record: number;
    readonly events: number;
  };
  readonly after: { readonly same: number; readonly other: number };
  readonly health: { readonly status: number; readonly body: { readonly message?: string } };
  readonly report: number;
  readonly pledged?: number;
  readonly logged: string;
}

const MASKS = 500;

/** Serves on a disk of 6 MB that is filled but for `left` bytes, and cleared again. */
async function served(left: number, kept: string): Promise<Said> {
  const mount = 'mount -t tmpfs -o size=6m tmpfs "$DISK"';
  const { code, out, err } = await onDisk(newFolder(), mount, './full-disk.mjs', kept, String(left));
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Said;
}

if (noDisk) it(`A full disk cannot be made on ${process.platform}: NOT CHECKED HERE`, cannotBeMade);
else {
  describe.each([
    ['for the log', 0],
    ['for the reports, just after an entry fitted', 24_576],
  ])('a disk that is full %s', (_, left) => {
    const kept = join(newFolder(), 'data');
    let said: Said;

    beforeAll(async () => {
      said = await served(left, kept);
    }, 60_000);

    it('refuses commands, and writes down that it is full and what to do', () => {
      expect(said.said.length).toBeGreaterThanOrEqual(20);
      expect(said.refused).toBeGreaterThanOrEqual(500);
      expect(said.meanwhile.again).toBe(said.refused);
      expect(said.logged).toMatch(
        /The disk is full: nothing of this was recorded.*Make space on the disk of .*events\.db/,
      );
    });

    it('goes on answering questions', () => {
      expect([said.meanwhile.report, said.meanwhile.record, said.meanwhile.events]).toEqual([200, 200, 200]);
    });

    it('takes the refused command, and others, once there is space', () => {
      expect([said.after.same, said.after.other]).toEqual([201, 201]);
    });

    it('leaves reports that are right, or are said to have stopped', () => {
      const stopped = said.health.status === 503;
      expect([said.health.status, said.report]).toEqual(stopped ? [503, 503] : [200, 200]);
      if (stopped) expect(said.health.body.message).toMatch(/The reports stopped: .*full/);
      else expect(said.pledged).toBe(said.said.length * MASKS);
    });

    it('has every answered command exactly once, and books in order when it is opened again', async () => {
      const { log, broken } = await booksOf(kept);

      expect(broken).toEqual([]);
      expect(brokenPromises(said.said, log)).toEqual([]);
      expect(log.filter(({ type }) => type === 'DonationPledged')).toHaveLength(said.said.length);
    });
  });
}
