// bench, peers: a thread that waits as long as a slow flush takes, and says so.
import { parentPort, workerData } from 'node:worker_threads';

const wait = new Int32Array(new SharedArrayBuffer(4));

parentPort!.on('message', () => {
  Atomics.wait(wait, 0, 0, workerData as number);
  parentPort!.postMessage('flushed');
});
