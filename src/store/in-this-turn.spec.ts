import { jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { inThisTurn } from './in-this-turn.js';

describe('the time that answers have taken', () => {
  it('is counted from where somebody first asks in a turn of the loop, anew in the next one', async () => {
    const now = jest.spyOn(performance, 'now');
    const at = (milliseconds: number) => now.mockReturnValue(milliseconds);
    try {
      at(100);
      expect(inThisTurn()).toBe(0);
      at(107);
      expect(inThisTurn()).toBe(7);
      await setImmediate();
      expect(inThisTurn()).toBe(0);
    } finally {
      now.mockRestore();
    }
  });
});
