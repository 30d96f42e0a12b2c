// Recomputes everything from the log in a thread of its own, beside whoever serves or shows how far it is.
import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { openFor } from './app.module.js';
import { verify, type Verdict } from './audit/verify.js';
import type { FromThread } from './store/in-thread.js';
import type { Place } from './store/place.js';

const { nodes, ...place } = workerData as Place & { readonly nodes: readonly string[] };
const say = (message: FromThread<Verdict>) => parentPort!.postMessage(message);

const stores = await openFor({ kind: 'folder', ...place, use: 'read' });
try {
  const { events } = stores.projector.checkpoint;
  say({ result: await verify(stores, { nodes, onProgress: (done) => say({ done, of: events }) }) });
} finally {
  await stores.close();
}
