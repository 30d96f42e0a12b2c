// Keeps the views of this house in a thread of its own, which follows the log when it is told to.
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { SHAPES, VIEWS } from './contents.js';
import { Unavailable } from './kernel/errors.js';
import type { EventStore } from './kernel/event-store.js';
import { follow } from './kernel/follow.js';
import { upcasting } from './kernel/shapes.js';
import { VIEWS as FILE } from './store/data-folder.js';
import { openLogForReading, type Place } from './store/place.js';
import { stepBack } from './store/step-back.js';
import { ViewsDatabase } from './store/views-database.js';
import type { FromViewsThread, ToViewsThread } from './store/views-thread.js';

stepBack();
const place = workerData as Place;
const say = (message: FromViewsThread) => parentPort!.postMessage(message);
const aTurn = () => new Promise((resolve) => setImmediate(resolve));

let log: EventStore | undefined;
let views: ViewsDatabase | undefined;
let mayGoOn = true;

parentPort!.on('message', (told: ToViewsThread) => {
  mayGoOn = told === 'follow';
  if (told === 'follow') void toTheEnd();
  else if (told === 'close') void close();
});

async function toTheEnd(): Promise<void> {
  try {
    log ??= upcasting(await openLogForReading(place, 'through'), SHAPES);
    views ??= opened(log);
    await follow(log, views, { onPage: kept, mayGoOn: () => mayGoOn });
    say('there');
  } catch (error) {
    say({ fault: error instanceof Error ? error.message : String(error), unavailable: error instanceof Unavailable });
  }
}

function opened(log: EventStore): ViewsDatabase {
  const viewed = { identity: () => log.identity(), head: () => Infinity };
  return ViewsDatabase.open(join(place.folder, FILE), viewed, VIEWS);
}

async function kept(): Promise<void> {
  say('moved');
  views!.foldWhenLarge();
  // Whoever wants this thread to end is heard between two pages.
  await aTurn();
}

async function close(): Promise<void> {
  views?.close();
  await log?.close();
  parentPort!.close();
}
