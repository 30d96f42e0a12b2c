// Builds the views of this house in a thread of its own, so that nobody who asks or records waits for it.
import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { SHAPES } from './app.module.js';
import { upcasting } from './kernel/shapes.js';
import { VIEWS } from './nest/house.module.js';
import { buildViews, type BuildOrder } from './store/build-views.js';
import { openLogForReading, type Place } from './store/place.js';
import type { FromBuilder } from './store/in-worker.js';

const order = workerData as BuildOrder & Place;
const say = (message: FromBuilder) => parentPort!.postMessage(message);

const log = await openLogForReading(order);
try {
  const built = await buildViews(order, upcasting(log, SHAPES), VIEWS, (position, of) => say({ position, of }));
  say({ built });
} finally {
  await log.close();
}
