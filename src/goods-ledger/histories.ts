// goods ledger: the streams that movements come from, each read once.
import type { EventStore } from '../kernel/event-store.js';
import type { Entry } from './in-words.js';

export type Histories = ReadonlyMap<string, readonly Entry[]>;

export async function historiesOf(
  movements: readonly { readonly stream: string }[],
  log: Pick<EventStore, 'readStream'>,
): Promise<Histories> {
  const histories = new Map<string, readonly Entry[]>();
  for (const { stream } of movements) {
    if (!histories.has(stream)) histories.set(stream, (await log.readStream(stream)) as Entry[]);
  }
  return histories;
}

/** The entry at a position. */
export function entryAt(position: number, history: readonly Entry[]): Entry {
  const entry = history.find((candidate) => candidate.position === position);
  if (!entry) throw new Error(`The books know an entry at position ${position} that the log does not.`);
  return entry;
}
