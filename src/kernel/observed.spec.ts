// kernel: what an observer hears of appends, and that nobody else notices it.
import { batch } from '../../test/contract/proposed.js';
import { promises } from '../../test/contract/event-store.contract.js';
import { MemoryEventStore } from '../store/memory.event-store.js';
import { Conflict, Invalid, ReliefError } from './errors.js';
import { NO_STREAM } from './event-store.js';
import { observed, type AppendObserver } from './observed.js';

class Unreachable extends ReliefError {
  readonly status = 503;
  readonly code = 'LOG_UNAVAILABLE';
}

class Tally implements AppendObserver {
  begun = 0;
  readonly heard: [result: string, events: number][] = [];

  appending() {
    this.begun++;
    return (result: string, events: number) => void this.heard.push([result, events]);
  }
}

const opened = () => {
  const store = new MemoryEventStore();
  const tally = new Tally();
  return { store, tally, log: observed(store, tally) };
};

promises('memory, observed', async () => ({ store: observed(new MemoryEventStore(), new Tally()) }));

describe('an observer', () => {
  it('hears of every append once, with its events, when it has ended', async () => {
    const { tally, log } = opened();
    const first = log.append('donation-A', NO_STREAM, batch('a', 3));
    expect([tally.begun, tally.heard]).toEqual([1, []]);
    await first;
    await log.append('donation-A', 2, batch('b', 2));

    expect(tally).toMatchObject({
      begun: 2,
      heard: [
        ['appended', 3],
        ['appended', 2],
      ],
    });
  });

  it('hears nothing of reading', async () => {
    const { tally, log } = opened();
    await log.readStream('donation-A');
    await log.readAll(0, 10);
    await log.reached();
    expect(tally.begun).toBe(0);
  });

  it.each([
    // what is heard, what the store says
    ['conflict', new Conflict('donation-A', 0, 1)],
    ['unavailable', new Unreachable('The log cannot be reached.')],
    ['failed', new Invalid([{ field: 'events', rule: 'must not be empty' }])],
    ['failed', new Error('The disk is full.')],
  ])('hears of an append that was not taken as %s, and the caller hears why as it was', async (heard, error) => {
    const { store, tally, log } = opened();
    store.append = () => Promise.reject(error);
    await expect(log.append('donation-A', NO_STREAM, batch('a', 3))).rejects.toBe(error);
    expect(tally.heard).toEqual([[heard, 0]]);
  });
});
