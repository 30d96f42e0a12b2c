// A process to be killed: appends as planned for as long as it lives, and says what was answered.
import { writeSync } from 'node:fs';
import { SqliteEventStore } from '../../src/store/sqlite.event-store.js';
import { appendsIn, planned, streamOf, WRITERS } from './plan.js';

/** Appends that stood already are asked for again by the next process, as after an answer that got lost. */
const AGAIN = 3;

const store = await SqliteEventStore.open(process.argv[2]);

/** Said at once, and before anything else happens: a busy reader's full pipe is no reason to keep it back. */
function say(line) {
  for (;;) {
    try {
      return writeSync(1, `${line}\n`);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

async function write(writer) {
  const standing = appendsIn(writer, (await store.readStream(streamOf(writer))).length);
  for (let n = Math.max(0, standing - AGAIN); ; n++) {
    const { stream, expected, events } = planned(writer, n);
    const { version, position } = await store.append(stream, expected, events);
    say(JSON.stringify({ stream, version, position, id: events.at(-1).id }));
  }
}

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
