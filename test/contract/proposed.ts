// Events for specs of the log: no room of the house, only what every event has.
import { eventId } from '../../src/kernel/identifiers.js';
import type { EventStore } from '../../src/kernel/event-store.js';
import type { Proposed, Recorded } from '../../src/kernel/recorded.js';

/** The n-th event of a command, with `data` as its content. */
export function proposed(commandId: string, index = 0, data: object = { n: index }): Proposed {
  return {
    id: eventId('noted', commandId, index),
    type: 'Noted',
    schema: 1,
    data,
    happenedAt: '2020-03-16T12:00:00Z',
    actor: { id: 'u-17', role: 'logistician' },
    channel: 'api',
    commandId,
    correlationId: commandId,
    causationId: commandId,
    fingerprint: '0123456789abcdef',
  };
}

/** All events of one command. */
export function batch(commandId: string, size: number): Proposed[] {
  return Array.from({ length: size }, (_, index) => proposed(commandId, index));
}

/** The whole log, read in pages. */
export async function whole(store: Pick<EventStore, 'readAll'>, page = 500): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for (;;) {
    const next = await store.readAll(all.at(-1)?.position ?? 0, page);
    if (next.length === 0) return all;
    all.push(...next);
  }
}

export const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id);

export const rising = (numbers: readonly number[]) =>
  numbers.every((n, index) => index === 0 || n > numbers[index - 1]!);

/** 0, 1, … length - 1. */
export const upTo = (length: number) => Array.from({ length }, (_, index) => index);
