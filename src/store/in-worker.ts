// store: carries out the building of views in another thread.
import { Worker } from 'node:worker_threads';
import type { Built } from './build-views.js';
import type { Builder } from './rebuilding.js';

/** What the thread says: how far it is, and at last what it made. */
export type FromBuilder = { readonly position: number; readonly of: number } | { readonly built: Built };

/** A builder that runs the module at `url`; ending it early ends the thread, and whatever page it was writing. */
export function inWorker(url: URL): Builder {
  return (order, onBuilding, signal) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(url, { workerData: order });
      const stop = () => void worker.terminate();
      signal.addEventListener('abort', stop);
      worker.on('message', (message: FromBuilder) => {
        if ('built' in message) resolve(message.built);
        else onBuilding(message.position, message.of);
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        signal.removeEventListener('abort', stop);
        reject(new Error('The rebuild was ended before it was done; the next one goes on from there.'));
      });
    });
}
