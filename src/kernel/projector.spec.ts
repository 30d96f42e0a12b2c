// kernel: views that follow a log, and how far they are.
import { setTimeout as pause } from 'node:timers/promises';
import { GrowingLog, Pages, upTo } from '../../test/support/pages.js';
import type { Checkpoint } from './follow.js';
import { InPlace, Projector, type Follower } from './projector.js';

function opened() {
  const log = new GrowingLog();
  const views = new Pages();
  const projector = new Projector(log, new InPlace(log, views));
  return { log, views, projector };
}

describe('a projector', () => {
  it('begins behind the checkpoint of the views', async () => {
    const { log, views, projector } = opened();
    await log.grow(3);
    await projector.catchUp();
    await projector.stop();
    const next = new Projector(log, new InPlace(log, views));
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

  it('takes entries together that nobody asks for', async () => {
    const { log, views, projector } = opened();
    for (let i = 0; i < 3; i++) await log.grow(1);
    await pause(1);
    expect(views.positions).toEqual([]);

    while (views.positions.length === 0) await pause(5);

    expect(views.pages).toHaveLength(1);
    expect(views.positions).toEqual([1, 2, 3]);
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
});

describe('whoever waits for the views', () => {
  it('is not kept waiting by entries that come meanwhile', async () => {
    const { log, views, projector } = opened();
    let [pages, busy] = [0, true];
    projector.onMoved(() => {
      if (busy && ++pages < 1_000) void log.grow(1);
    });
    await log.grow(1);

    await projector.catchUp();

    busy = false;
    expect(views.positions.length).toBeLessThan(10);
    await projector.stop();
  });

  it('gets what the log told of before, or goes on without it after the time that was named', async () => {
    const { log, views, projector } = opened();
    await log.grow(3);
    await projector.settle(5_000);
    expect(views.positions).toEqual([1, 2, 3]);
    log.readAll = () => new Promise(() => undefined);
    await log.grow(1);

    await projector.settle(20);

    expect(views.positions).toEqual([1, 2, 3]);
    expect(projector.behindMs).toBeGreaterThanOrEqual(19);
  });

  it('does not wait for views that cannot go on', async () => {
    const { log, views, projector } = opened();
    views.poison = 1;
    await log.grow(1);
    await expect(projector.catchUp()).rejects.toThrow();
    const before = performance.now();

    await projector.settle(60_000);

    expect(performance.now() - before).toBeLessThan(10_000);
    await projector.stop();
  });
});

describe('views that stand still', () => {
  /** A follower that says what it is asked. */
  function told() {
    const log = new GrowingLog();
    const views = new Pages();
    const asked: string[] = [];
    const place = new InPlace(log, views);
    const follower: Follower = {
      checkpoint: () => views.checkpoint(),
      follow: async (moved, mayGoOn) => {
        asked.push('follow');
        await pause(5);
        await place.follow(moved, mayGoOn);
        asked.push('there');
      },
      rest: async () => void asked.push('rest'),
    };
    return { log, views, asked, projector: new Projector(log, follower) };
  }

  it('are let go of when the page under way is done, and followed again behind the work', async () => {
    const { log, views, asked, projector } = told();
    await log.grow(1);
    void projector.catchUp();
    await pause(1);

    await projector.still(async () => {
      asked.push('work');
      await log.grow(1);
      await pause(20);
      asked.push('done');
    });
    await projector.catchUp();

    expect(asked.slice(0, 6)).toEqual(['follow', 'there', 'rest', 'work', 'done', 'follow']);
    expect(views.positions).toEqual([1, 2]);
    await projector.stop();
  });

  it('are waited for by whoever wants them to catch up', async () => {
    const { log, views, projector } = told();
    await log.grow(1);
    const caughtUp = projector.still(async () => {
      const waiting = projector.catchUp().then(() => views.positions);
      await pause(20);
      expect(views.positions).toEqual([]);
      return { waiting };
    });

    expect(await (await caughtUp).waiting).toEqual([1]);
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
    void projector.catchUp();
    await someTime();
    expect(projector.behindMs).toBe(0);
    await end();
  });

  it('begins when the log tells of an entry, grows, and ends when it is held', async () => {
    const { log, views, projector, pass, end } = heldUp();
    await log.grow(1);
    void projector.catchUp();
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
    void projector.catchUp();
    await someTime();
    const first = performance.now() - projector.behindMs;
    await log.grow(1);
    await pass();
    expect(views.positions).toEqual([1]);
    expect(projector.behindMs).toBeGreaterThan(0);
    expect(performance.now() - projector.behindMs).toBeGreaterThan(first);
    void projector.catchUp();
    await someTime();
    await pass();
    expect(projector.behindMs).toBe(0);
    await end();
  });

  it('is nothing once everything was read, however many pages that took', async () => {
    const { log, projector } = opened();
    await log.grow(1_001);
    await projector.stop();
    const views = new Pages();
    const later = new Projector(log, new InPlace(log, views));
    const told: number[] = [];
    await later.catchUp(() => told.push(later.behindMs));
    expect(views.positions).toEqual(upTo(1_001));
    expect(told[0]).toBeGreaterThan(0);
    expect(later.behindMs).toBe(0);
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
    log.readAll = async () => {
      throw new Error('The disk is gone.');
    };
    await log.grow(1);
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
