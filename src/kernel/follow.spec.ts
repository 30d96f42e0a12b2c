// kernel: facts on their way from the log to the views.
import { GrowingLog, Pages, upTo } from '../../test/support/pages.js';
import * as relief from '../../test/support/relief.js';
import { follow } from './follow.js';
import { eventId } from './identifiers.js';

const opened = () => ({ log: new GrowingLog(), views: new Pages() });

describe('views that follow a log', () => {
  it.each([0, 1, 999, 1_000, 1_001, 2_500])(
    'get each of %d entries exactly once, in order, in bounded pages',
    async (count) => {
      const { log, views } = opened();
      if (count > 0) await log.grow(count);

      await follow(log, views);

      expect(views.positions).toEqual(upTo(count));
      expect(views.checkpoint()).toEqual({ position: count, events: count });
      expect(Math.max(0, ...views.pages.map((page) => page.length))).toBeLessThanOrEqual(1_000);
      expect(views.pages.every((page) => page.length > 0)).toBe(true);
    },
  );

  it('go up to a position when one is named, and no further', async () => {
    const { log, views } = opened();
    await log.grow(1_500);

    await follow(log, views, { upTo: 1_200 });

    expect(views.positions).toEqual(upTo(1_200));
  });

  it('end where the log ended when they read last, however busy it is', async () => {
    const { log, views } = opened();
    await log.grow(1_500);

    await follow(log, views, { onPage: () => log.grow(10) });

    expect(views.positions).toEqual(upTo(1_510));
  });

  it('end behind a page when they may not go on', async () => {
    const { log, views } = opened();
    await log.grow(2_500);

    await follow(log, views, { mayGoOn: () => views.pages.length < 2 });

    expect(views.positions).toEqual(upTo(2_000));
  });

  it('stand in front of a page that cannot be applied', async () => {
    const { log, views } = opened();
    await log.grow(1_500);
    views.poison = 1_200;

    await expect(follow(log, views)).rejects.toThrow('Position 1200 cannot be applied.');

    expect(views.positions).toEqual(upTo(1_000));
  });

  it('get the history of its stream with a correction, itself last, and with nothing else', async () => {
    const { log, views } = opened();
    await log.grow(1);
    await log.grow(1, relief.corrected(eventId('grown', 'c', 0)));
    await log.grow(1);

    await follow(log, views);

    const histories = views.pages.flat().map(({ history }) => history?.map(({ position }) => position));
    expect(histories).toEqual([undefined, [1, 2], undefined]);
  });
});
