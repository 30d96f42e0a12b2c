// Recomputes everything from the log in a thread of its own, beside whoever serves or shows how far it is.
import { parentPort, workerData } from 'node:worker_threads';
import { verify, type Verdict } from './audit/verify.js';
import { SHAPES, VIEWS } from './contents.js';
import type { FromThread } from './store/in-thread.js';
import type { Place } from './store/place.js';
import { stepBack } from './store/step-back.js';
import { openStores } from './store/stores.js';

stepBack();
const { nodes, ...place } = workerData as Place & { readonly nodes: readonly string[] };
const say = (message: FromThread<Verdict>) => parentPort!.postMessage(message);

const stores = await openStores({ kind: 'folder', ...place, use: 'read' }, SHAPES, VIEWS);
try {
  const { events } = stores.projector.checkpoint;
  say({ result: await verify(stores, { nodes, onProgress: (done) => say({ done, of: events }) }) });
} finally {
  await stores.close();
}
