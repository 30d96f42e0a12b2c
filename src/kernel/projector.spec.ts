// kernel: facts on their way from the log to the views.
import { setTimeout as pause } from 'node:timers/promises';
import * as relief from '../../test/support/relief.js';
import { MemoryEventStore } from '../store/memory.event-store.js';
import { NO_STREAM } from './event-store.js';
import { eventId } from './identifiers.js';
import type { Delivered } from './delivered.js';
import { Projector, type Checkpoint, type Projection } from './projector.js';
import type { Fact } from './recorded.js';

/** A projection that remembers its pages and cannot apply one position while `poison` says so. */
class Pages implements Projection {
  readonly pages: (readonly Delivered[])[] = [];
  /** Checkpoints that were kept. */
  readonly kept: number[] = [];
  poison: number | undefined;
  private at: Checkpoint = { position: 0, events: 0 };

  checkpoint(): Checkpoint {
    return this.at;
  }

  apply(page: readonly Delivered[]): void {
    const bad = page.find(({ entry }) => entry.position === this.poison);
    if (bad) throw new Error(`Position ${bad.entry.position} cannot be applied.`);
    this.pages.push(page);
    this.at = { position: page.at(-1)!.entry.position, events: this.at.events + page.length };
  }

  keep(): void {
    this.kept.push(this.at.position);
  }

  get positions(): number[] {
    return this.pages.flat().map(({ entry }) => entry.position);
  }
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

class Log extends MemoryEventStore {
  private version = NO_STREAM;

  /** So many facts more, in one stream. */
  async grow(count: number, fact: Fact = relief.pledged()): Promise<void> {
    const about = { schema: 1, happenedAt: relief.HAPPENED, fingerprint: '', ...relief.circumstances('c') };
    const events = Array.from({ length: count }, (_, index) => ({
      ...fact,
      ...about,
      id: eventId('grown', 'c', this.version + 1 + index),
    }));
    this.version = (await this.append('donation-D', this.version, events)).version;
  }
}

function opened() {
  const log = new Log();
  const views = new Pages();
  const projector = new Projector(log, views);
  return { log, views, projector };
}

describe('a projector', () => {
  it('keeps pages that follow each other closely together, soon after the first of them', async () => {
    const { log, views, projector } = opened();
    for (let i = 0; i < 3; i++) {
      await log.grow(10);
      await projector.catchUp();
    }
    expect(views.kept).toEqual([]);
    while (views.kept.length === 0) await pause(5);
    expect(views.kept).toEqual([30]);
    await projector.stop();
  });

  it('applies few entries in one turn, and more when it stays behind', async () => {
    const { log, views, projector } = opened();
    await log.grow(200);
    await projector.catchUp();
    expect(views.pages.map(({ length }) => length)).toEqual([64, 64, 64, 8]);
    await log.grow(5_000);
    await projector.catchUp();
    expect(views.pages.slice(4, 8).map(({ length }) => length)).toEqual([64, 64, 64, 58]);
    expect(views.pages.at(-1)).toHaveLength(250);
    expect(views.positions).toEqual(upTo(5_200));
    await projector.stop();
  });

  it('keeps many entries without waiting, some pages at a time', async () => {
    const { log, views, projector } = opened();
    await log.grow(1_100);
    await projector.catchUp();
    expect(views.kept).toEqual([500, 1_000]);
    await projector.stop();
  });

  it('puts what was kept in its place between two pages, and applies none meanwhile', async () => {
    const { log, views, projector } = opened();
    const seen: string[] = [];
    const told = (what: string) => seen.push(`${what} ${views.checkpoint().position}`);
    Object.assign(views, {
      fold: async () => {
        told('begins at');
        await pause(20);
        told('ends at');
      },
    });
    await log.grow(300);
    await projector.catchUp();
    expect(seen.slice(0, 4)).toEqual(['begins at 0', 'ends at 0', 'begins at 250', 'ends at 250']);
    await projector.stop();
  });

  it('stops at a page that cannot be kept, and applies none behind it', async () => {
    const { log, views, projector } = opened();
    views.keep = () => {
      throw new Error('No room.');
    };
    await log.grow(1_100);
    await expect(projector.catchUp()).rejects.toThrow('No room.');
    expect(views.positions).toEqual(upTo(500));
    await projector.stop();
  });

  it('keeps what it applied before others have the views for themselves, and nothing meanwhile', async () => {
    const { log, views, projector } = opened();
    await log.grow(3);
    await projector.catchUp();
    await projector.still(async () => {
      expect(views.kept).toEqual([3]);
      await pause(300);
      expect(views.kept).toEqual([3]);
    });
    await projector.stop();
  });

  it.each([0, 1, 999, 1_000, 1_001, 2_500])(
    'applies each of %d entries exactly once, in order, in bounded pages',
    async (count) => {
      const { log, views, projector } = opened();
      if (count > 0) await log.grow(count);
      await projector.catchUp();
      expect(views.positions).toEqual(upTo(count));
      expect(projector.checkpoint).toEqual({ position: count, events: count });
      expect(Math.max(0, ...views.pages.map((page) => page.length))).toBeLessThanOrEqual(1_000);
      expect(views.pages.every((page) => page.length > 0)).toBe(true);
      await projector.stop();
    },
  );

  it('begins behind the checkpoint of the views', async () => {
    const { log, views, projector } = opened();
    await log.grow(3);
    await projector.catchUp();
    await projector.stop();
    const next = new Projector(log, views);
    await log.grow(2);
    await next.catchUp();
    expect(views.positions).toEqual(upTo(5));
    await next.stop();
  });

  it('follows the log by itself', async () => {
    const { log, views, projector } = opened();
    for (let i = 0; i < 5; i++) await log.grow(1);
    expect(await projector.waitFor(5, 1_000)).toBe(true);
    expect(views.positions).toEqual(upTo(5));
    await projector.stop();
  });

  it('applies nothing twice for many who wait at the same time', async () => {
    const { log, views, projector } = opened();
    await log.grow(1_500);
    await Promise.all([projector.catchUp(), projector.catchUp(), projector.waitFor(1_500, 1_000), log.grow(10)]);
    await projector.catchUp();
    expect(views.positions).toEqual(upTo(1_510));
    await projector.stop();
  });

  it('tells how far it is while it catches up', async () => {
    const { log, projector } = opened();
    await log.grow(5);
    const told: Checkpoint[] = [];
    await projector.catchUp((checkpoint) => told.push(checkpoint));
    expect(told.at(-1)).toEqual({ position: 5, events: 5 });
    await projector.stop();
  });

  it('follows no longer when it is stopped', async () => {
    const { log, views, projector } = opened();
    await log.grow(1);
    await projector.catchUp();
    await projector.stop();
    await log.grow(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(views.positions).toEqual([1]);
  });

  it('brings the history of its stream with a correction, itself last, and with nothing else', async () => {
    const { log, views, projector } = opened();
    await log.grow(1);
    await log.grow(1, relief.corrected(eventId('grown', 'c', 0)));
    await log.grow(1);
    await projector.catchUp();
    const histories = views.pages.flat().map(({ history }) => history?.map(({ position }) => position));
    expect(histories).toEqual([undefined, [1, 2], undefined]);
    await projector.stop();
  });
});

describe('how long the views have lacked entries', () => {
  const someTime = () => pause(5);

  /** A log whose reads wait to be let through. */
  function heldUp() {
    const { log, views, projector } = opened();
    const read = log.readAll.bind(log);
    let letThrough = () => undefined as void;
    let free = false;
    log.readAll = async (after, limit) => {
      const entries = await read(after, limit);
      if (!free) await new Promise<void>((resolve) => (letThrough = resolve));
      return entries;
    };
    const pass = async () => {
      letThrough();
      await someTime();
    };
    const end = async () => {
      free = true;
      letThrough();
      await projector.stop();
    };
    return { log, views, projector, pass, end };
  }

  it('is nothing while nothing is lacking, also while somebody looks', async () => {
    const { projector, end } = heldUp();
    expect(projector.behindMs).toBe(0);
    projector.wake();
    await someTime();
    expect(projector.behindMs).toBe(0);
    await end();
  });

  it('begins when the log tells of an entry, grows, and ends when it is held', async () => {
    const { log, views, projector, pass, end } = heldUp();
    await log.grow(1);
    await someTime();
    const early = projector.behindMs;
    expect(early).toBeGreaterThan(0);
    await someTime();
    expect(projector.behindMs).toBeGreaterThan(early);
    await pass();
    expect(views.positions).toEqual([1]);
    expect(projector.behindMs).toBe(0);
    await end();
  });

  it('begins anew with what came after the last read, however busy the log is', async () => {
    const { log, views, projector, pass, end } = heldUp();
    await log.grow(1);
    await someTime();
    const first = performance.now() - projector.behindMs;
    await log.grow(1);
    await pass();
    expect(views.positions).toEqual([1]);
    expect(projector.behindMs).toBeGreaterThan(0);
    expect(performance.now() - projector.behindMs).toBeGreaterThan(first);
    await pass();
    await pass();
    expect(projector.behindMs).toBe(0);
    await end();
  });

  it('is nothing once everything was read, however many pages that took', async () => {
    const { log, projector } = opened();
    await log.grow(1_001);
    await projector.stop();
    const views = new Pages();
    const later = new Projector(log, views);
    const told: number[] = [];
    await later.catchUp(() => told.push(later.behindMs));
    expect(views.positions).toEqual(upTo(1_001));
    expect([told.at(-1), later.behindMs]).toEqual([0, 0]);
    await later.stop();
  });

  it('goes on while an entry stops the projector', async () => {
    const { log, views, projector } = opened();
    views.poison = 1;
    await log.grow(1);
    await expect(projector.catchUp()).rejects.toThrow();
    const early = projector.behindMs;
    await someTime();
    expect(projector.behindMs).toBeGreaterThan(early);
    await projector.stop();
  });
});

describe('an entry that cannot be applied', () => {
  it('stops the projector, which says so to everybody who waits', async () => {
    const { log, views, projector } = opened();
    views.poison = 2;
    await log.grow(3);
    await expect(projector.catchUp()).rejects.toThrow('Position 2 cannot be applied.');
    await expect(projector.waitFor(3, 1_000)).rejects.toThrow('Position 2 cannot be applied.');
    expect(projector.failedWith?.message).toBe('Position 2 cannot be applied.');
    expect(projector.checkpoint.position).toBeLessThan(2);
    await projector.stop();
  });

  it('is never skipped, however much the log grows', async () => {
    const { log, views, projector } = opened();
    await log.grow(1);
    await projector.catchUp();
    views.poison = 2;
    await log.grow(1);
    await expect(projector.waitFor(2, 1_000)).rejects.toThrow();
    await log.grow(5);
    await new Promise((resolve) => setImmediate(resolve));
    expect(views.positions).toEqual([1]);
    await projector.stop();
  });

  it('is applied when the views were repaired, and everything behind it', async () => {
    const { log, views, projector } = opened();
    views.poison = 2;
    await log.grow(3);
    await expect(projector.catchUp()).rejects.toThrow();
    views.poison = undefined;
    await projector.catchUp();
    expect(views.positions).toEqual(upTo(3));
    expect(projector.failedWith).toBeUndefined();
    await log.grow(1);
    expect(await projector.waitFor(4, 1_000)).toBe(true);
    await projector.stop();
  });

  it('is not the only fault: a log that cannot be read stops it too', async () => {
    const { log, projector } = opened();
    await log.grow(1);
    log.readAll = async () => {
      throw new Error('The disk is gone.');
    };
    await expect(projector.catchUp()).rejects.toThrow('The disk is gone.');
    await projector.stop();
  });
});

describe('waiting for a position', () => {
  it('ends at once when the views include it', async () => {
    const { log, projector } = opened();
    await log.grow(1);
    await projector.catchUp();
    expect(await projector.waitFor(1, 0)).toBe(true);
    expect(await projector.waitFor(0, 0)).toBe(true);
    await projector.stop();
  });

  it('ends without success when the log does not get there in time', async () => {
    const { log, projector } = opened();
    await log.grow(1);
    const before = performance.now();
    expect(await projector.waitFor(2, 60)).toBe(false);
    const waited = performance.now() - before;
    expect(waited).toBeGreaterThanOrEqual(60);
    expect(waited).toBeLessThan(1_000);
    await projector.stop();
  });

  it('ends when the log gets there meanwhile', async () => {
    const { log, projector } = opened();
    const waiting = projector.waitFor(2, 5_000);
    await log.grow(1);
    await log.grow(1);
    expect(await waiting).toBe(true);
    await projector.stop();
  });
});
