// A process to be killed: appends as planned for as long as it lives, and says what was answered.
import { writeSync } from 'node:fs';
import { SqliteEventStore } from '../../src/store/sqlite.event-store.js';
import { appendsIn, planned, streamOf, WRITERS } from './plan.js';

/** Appends that stood already are asked for again by the next process, as after an answer that got lost. */
const AGAIN = 3;

const store = await SqliteEventStore.open(process.argv[2]);

async function write(writer) {
  const standing = appendsIn(writer, (await store.readStream(streamOf(writer))).length);
  for (let n = Math.max(0, standing - AGAIN); ; n++) {
    const { stream, expected, events } = planned(writer, n);
    const { version, position } = await store.append(stream, expected, events);
    writeSync(1, `${JSON.stringify({ stream, version, position, id: events.at(-1).id })}\n`);
  }
}

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
