// Builds the views of this house in a thread of its own, so that nobody who asks or records waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import { SHAPES, VIEWS } from './contents.js';
import { upcasting } from './kernel/shapes.js';
import { buildViews, type BuildOrder, type Built } from './store/build-views.js';
import type { FromThread } from './store/in-thread.js';
import { openLogForReading, type Place } from './store/place.js';
import { stepBack } from './store/step-back.js';

stepBack();
const order = workerData as BuildOrder & Place;
const say = (message: FromThread<Built>) => parentPort!.postMessage(message);

const log = await openLogForReading(order);
try {
  const result = await buildViews(order, upcasting(log, SHAPES), VIEWS, (done, of) => say({ done, of }));
  say({ result });
} finally {
  await log.close();
}
