// What the bench notices of an event loop that stands still.
import { describe, expect, it } from '@jest/globals';
import { longestStall } from '../../bench/stalls.ts';

const HELD_MS = 60;

function hold(): void {
  const end = performance.now() + HELD_MS;
  while (performance.now() < end);
}

describe('a stall', () => {
  it('is noticed when the work never lets go of the loop', async () => {
    expect(await longestStall(async () => hold())).toBeGreaterThanOrEqual(HELD_MS - 1);
  });

  it('is noticed between two turns of the loop', async () => {
    const work = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      hold();
      await new Promise((resolve) => setImmediate(resolve));
    };
    expect(await longestStall(work)).toBeGreaterThanOrEqual(HELD_MS - 1);
  });
});
