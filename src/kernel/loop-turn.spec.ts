import { setImmediate } from 'node:timers/promises';
import { loopTurn } from './loop-turn.js';

describe('turns of the event loop', () => {
  it('are given in the order in which they are asked for', async () => {
    const given: string[] = [];
    await Promise.all(['first', 'second', 'third'].map((name) => loopTurn().then(() => given.push(name))));
    expect(given).toEqual(['first', 'second', 'third']);
  });

  it('are had by one at a time: what else waits for the loop comes between two of them', async () => {
    const seen: string[] = [];
    const work = async (name: string) => {
      for (const slice of [1, 2]) {
        await loopTurn();
        seen.push(`${name} ${slice}`);
      }
    };
    const others = async () => {
      for (let turn = 1; turn <= 4; turn++) {
        await setImmediate();
        seen.push(`turn ${turn}`);
      }
    };
    await Promise.all([work('import'), work('table'), others()]);
    expect(seen).toEqual([...['import 1', 'turn 1', 'table 1', 'turn 2', 'import 2', 'turn 3', 'table 2', 'turn 4']]);
  });

  it('go on when one of those who had theirs threw', async () => {
    const failed = loopTurn().then(() => {
      throw new Error('a slice that failed');
    });
    const after = loopTurn().then(() => 'had its turn');
    await expect(failed).rejects.toThrow('a slice that failed');
    await expect(after).resolves.toBe('had its turn');
  });
});
