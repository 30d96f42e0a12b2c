// A fault strikes as often as it was armed for, and counts.
import { FaultSpot } from './fault-spot.js';

describe('a fault', () => {
  it('strikes once unless said, and is over', () => {
    const spot = new FaultSpot<string>();
    const fault = spot.arm('lost', {});

    expect([spot.strike(), spot.strike()]).toEqual(['lost', undefined]);
    expect(fault.struck).toBe(1);
  });

  it('strikes so many times, the one armed first before the next', () => {
    const spot = new FaultSpot<string>();
    spot.arm('first', { times: 2 });
    spot.arm('second', {});

    expect([1, 2, 3, 4].map(() => spot.strike())).toEqual(['first', 'first', 'second', undefined]);
  });

  it('strikes until it is lifted', () => {
    const spot = new FaultSpot<string>();
    const fault = spot.arm('lost', { times: Infinity });

    expect([spot.strike(), spot.strike(), spot.waits()]).toEqual(['lost', 'lost', true]);
    fault.lift();
    expect([spot.strike(), spot.waits(), fault.struck]).toEqual([undefined, false, 2]);
  });

  it('strikes only where it is due', () => {
    const spot = new FaultSpot<number>();
    spot.arm(3, {});

    expect([1, 3].map((sent) => spot.strike((after) => sent >= after))).toEqual([undefined, 3]);
  });

  it('wakes who waits for it when it is armed and when it is lifted', async () => {
    const spot = new FaultSpot<string>();
    const open = new AbortController();
    const armed = spot.changed.next(open.signal);
    const fault = spot.arm('lost', {});
    await armed;
    const lifted = spot.changed.next(open.signal);
    fault.lift();
    await lifted;
    const closed = spot.changed.next(open.signal);
    open.abort();
    await closed;

    expect(spot.waits()).toBe(false);
  });
});
