// store: long work in another thread.
import { inThread } from './in-thread.js';

/** Keeps the latest of many short lists, as work on a long log does, and tells how large the room for young objects has grown. */
const BUSY = `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { parentPort } from 'node:worker_threads';
  const young = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size;
  const latest = [];
  let result = 0;
  for (let nth = 0; nth < 2_000_000; nth++) {
    latest[nth % 20_000] = [nth, nth, nth, nth, nth, nth, nth, nth];
    if (nth % 10_000 === 0) result = Math.max(result, young());
  }
  parentPort.postMessage({ result });
`;

/** Its two halves and what is being copied between them; with 16 MiB halves it takes 32, with Node's own 64. */
const SMALL = 20 * 1024 * 1024;

it('keeps its young generation small, or its heap would grow before it is tidied', async () => {
  const url = new URL(`data:text/javascript,${encodeURIComponent(BUSY)}`);
  const bytes = await inThread<number>(url, {}, () => undefined);
  expect(bytes).toBeLessThan(SMALL);
});
