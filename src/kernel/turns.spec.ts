// kernel: one at a time for the same key.
import { Turns } from './turns.js';

/** Work that says when it begins and ends, and ends when it is told. */
function work(name: string, log: string[]) {
  let end!: (fault?: Error) => void;
  const ended = new Promise<string>((resolve, reject) => {
    end = (fault) => (fault ? reject(fault) : resolve(name));
  });
  const run = async () => {
    log.push(`${name} begins`);
    try {
      return await ended;
    } finally {
      log.push(`${name} ends`);
    }
  };
  return { run, end };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('of one key follow each other in the order in which they were asked for', async () => {
    const log: string[] = [];
    const turns = new Turns();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => work(name, log)) as [
      ReturnType<typeof work>,
      ReturnType<typeof work>,
      ReturnType<typeof work>,
    ];
    const all = Promise.all([a, b, c].map(({ run }) => turns.take('BELGG', run)));
    c.end();
    b.end();
    await settled();
    expect(log).toEqual(['a begins']);
    a.end();
    expect(await all).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('of different keys run side by side', async () => {
    const log: string[] = [];
    const turns = new Turns();
    const [a, b] = [work('a', log), work('b', log)];
    const all = Promise.all([turns.take('BELGG', a.run), turns.take('ETADD', b.run)]);
    expect(log).toEqual(['a begins', 'b begins']);
    b.end();
    a.end();
    expect(await all).toEqual(['a', 'b']);
  });

  it('go on after one that failed, which fails alone', async () => {
    const log: string[] = [];
    const turns = new Turns();
    const [a, b] = [work('a', log), work('b', log)];
    const first = turns.take('BELGG', a.run);
    const second = turns.take('BELGG', b.run);
    a.end(new Error('no'));
    b.end();
    await expect(first).rejects.toThrow('no');
    expect(await second).toBe('b');
  });

  it('begin at once when all earlier ones ended', async () => {
    const turns = new Turns();
    await turns.take('BELGG', async () => 1);
    const log: string[] = [];
    const a = work('a', log);
    const taken = turns.take('BELGG', a.run);
    expect(log).toEqual(['a begins']);
    a.end();
    await taken;
  });
});
