// store: appends on their way to the writer's thread: one flat list costs a third of objects within objects.
import type { Payload } from './envelope.js';
import type { AppendRequest } from './log-writer.js';

/** For each request its stream, its expected version and how many events, then the fields of each. */
export type AppendMessage = readonly (string | number | undefined)[];

type Head = [stream: string, expected: number, events: number];
type Event = [id: string, type: string, schema: number, data: string, metadata: string, recordedAt: number | undefined];

export function packed(requests: readonly AppendRequest[]): AppendMessage {
  const message: (string | number | undefined)[] = [];
  for (const { stream, expected, events } of requests) {
    message.push(stream, expected, events.length);
    for (const { id, type, schema, data, metadata, recordedAt } of events)
      message.push(id, type, schema, data, metadata, recordedAt);
  }
  return message;
}

export function unpacked(message: AppendMessage): AppendRequest[] {
  const requests: AppendRequest[] = [];
  let at = 0;
  while (at < message.length) {
    const [stream, expected, size] = message.slice(at, (at += 3)) as Head;
    const events: Payload[] = [];
    while (events.length < size) {
      const [id, type, schema, data, metadata, recordedAt] = message.slice(at, (at += 6)) as Event;
      events.push({ id, type, schema, data, metadata, ...(recordedAt !== undefined && { recordedAt }) });
    }
    requests.push({ stream, expected, events });
  }
  return requests;
}
