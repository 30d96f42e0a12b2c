// store: long work in another thread, so that nobody who asks or records waits for it.
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/** Work that makes much and keeps little would otherwise let its heap grow before it is tidied. */
const SMALL_YOUNG_GENERATION = '--max-semi-space-size=4';

/** A thread with a small heap that runs the module at `url`. */
export function threadAt(url: URL, workerData: object): Worker {
  // The resourceLimits of a thread would yield to what Node was told when it started; heaps that exist keep theirs.
  setFlagsFromString(SMALL_YOUNG_GENERATION);
  return new Worker(url, { workerData });
}

/** What the thread says: how far it is, and at last what came of it. */
export type FromThread<Result> = { readonly done: number; readonly of: number } | { readonly result: Result };

/**
 * Runs the module at `url` with an order, and answers its result. Ending it early ends the thread, wherever it is: its
 * work must stand that, as it must stand a kill.
 */
export function inThread<Result>(
  url: URL,
  order: object,
  onProgress: (done: number, of: number) => void,
  signal?: AbortSignal,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = threadAt(url, order);
    const stop = () => void worker.terminate();
    signal?.addEventListener('abort', stop);
    worker.on('message', (message: FromThread<Result>) => {
      if ('result' in message) resolve(message.result);
      else onProgress(message.done, message.of);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      reject(new Error('It was ended before it was done; the next time it goes on from there.'));
    });
  });
}
