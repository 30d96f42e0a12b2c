// kernel: entries as they come to the views.
import { isCorrection } from './corrections.js';
import type { EventStore } from './event-store.js';
import type { Fact, Recorded } from './recorded.js';

/** An entry on its way to a view; a correction brings the history of its stream, itself last. */
export interface Delivered {
  readonly entry: Recorded;
  readonly history?: readonly Recorded[];
}

/** Each correction with the history of its stream, up to itself. */
export async function withHistories(
  store: Pick<EventStore, 'readStream'>,
  entries: readonly Recorded[],
): Promise<Delivered[]> {
  const page: Delivered[] = [];
  for (const entry of entries) {
    if (!isCorrection<Fact>(entry)) page.push({ entry });
    else page.push({ entry, history: upTo(entry.version, await store.readStream(entry.stream)) });
  }
  return page;
}

function upTo(version: number, stream: readonly Recorded[]): Recorded[] {
  return stream.filter((entry) => entry.version <= version);
}
