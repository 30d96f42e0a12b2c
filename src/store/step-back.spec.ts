// store: a thread that steps back, and the thread beside it that does not.
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';

const BEHIND = 10;

const stepped = (): Promise<number> => {
  const module = new URL('../../dist/store/step-back.js', import.meta.url).href;
  const code = `import { parentPort } from 'node:worker_threads'; import { getPriority } from 'node:os';
    const { stepBack } = await import('${module}'); stepBack(); parentPort.postMessage(getPriority());`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
};

it('a thread that steps back leaves every other thread as it is', async () => {
  const before = getPriority();

  expect(await stepped()).toBe(process.platform === 'linux' ? before + BEHIND : before);

  expect(getPriority()).toBe(before);
});
