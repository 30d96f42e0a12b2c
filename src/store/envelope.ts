// store: how an event is laid out in bytes, the same for every store.
import { Invalid } from '../kernel/errors.js';
import type { Actor, Channel, Proposed, Recorded } from '../kernel/recorded.js';

/** One event may take this many bytes of JSON. */
const BYTES_MAX = 1_000_000;

/** What the log keeps beside the data; ids that equal the command id are left out. */
export interface Metadata {
  readonly happenedAt: string;
  readonly reportedAt?: string;
  readonly actor: Actor;
  readonly channel: Channel;
  readonly commandId: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly fingerprint: string;
}

/** An event as text, ready to be written. */
export interface Payload {
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: string;
  readonly metadata: string;
  /** When a copied event was recorded first, in milliseconds since 1970; otherwise the store stamps it. */
  readonly recordedAt?: number;
}

/** The place an event got in the log; recordedAt in milliseconds since 1970. */
export interface Place {
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly recordedAt: number;
}

/** Throws `Invalid` for what the log could not give back: no events, no JSON, too much JSON. */
export function payloads(events: readonly Proposed[]): Payload[] {
  if (events.length === 0) throw new Invalid([{ field: 'events', rule: 'must not be empty' }]);
  return events.map((event) => {
    const { id, type, schema } = event;
    const stamp = event.recordedAt === undefined ? {} : { recordedAt: Date.parse(event.recordedAt) };
    const payload = { id, type, schema, data: json(event.data), metadata: json(metadata(event)), ...stamp };
    const bytes = Buffer.byteLength(payload.data) + Buffer.byteLength(payload.metadata);
    if (bytes > BYTES_MAX)
      throw new Invalid([{ field: 'data', rule: `must fit ${BYTES_MAX} bytes of JSON`, value: bytes }]);
    return payload;
  });
}

export function recorded({ id, type, schema, data, metadata }: Payload, place: Place): Recorded {
  return stamp({ id, type, schema, data: JSON.parse(data) as object }, JSON.parse(metadata) as Metadata, place);
}

/** The event as it will be read back. */
export function stamped(event: Proposed, place: Place): Recorded {
  const { id, type, schema, data } = event;
  return stamp({ id, type, schema, data: JSON.parse(JSON.stringify(data)) as object }, metadata(event), place);
}

/** The event with its metadata and the place it got. */
export function stamp(
  event: Pick<Recorded, 'id' | 'type' | 'schema' | 'data'>,
  about: Metadata,
  place: Place,
): Recorded {
  const { stream, version, position } = place;
  const { id, type, schema, data } = event;
  const recordedAt = inWords(place.recordedAt);
  const { happenedAt, reportedAt = recordedAt, actor, channel, commandId, fingerprint } = about;
  const { correlationId = commandId, causationId = commandId } = about;
  const imported = about.reportedAt !== undefined;
  return {
    id,
    stream,
    version,
    position,
    type,
    schema,
    data,
    happenedAt,
    reportedAt,
    recordedAt,
    imported,
    actor,
    channel,
    commandId,
    correlationId,
    causationId,
    fingerprint,
  };
}

/** Entries of one flush were recorded at one moment: it is put into words once. */
const moment = { at: NaN, text: '' };

function inWords(at: number): string {
  if (at !== moment.at) [moment.text, moment.at] = [new Date(at).toISOString(), at];
  return moment.text;
}

function metadata(event: Proposed): Metadata {
  const { happenedAt, reportedAt, actor, channel, commandId, correlationId, causationId, fingerprint } = event;
  return {
    happenedAt,
    ...(reportedAt && { reportedAt }),
    ...{ actor, channel, commandId },
    ...(correlationId !== commandId && { correlationId }),
    ...(causationId !== commandId && { causationId }),
    fingerprint,
  };
}

function json(value: unknown): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw new TypeError('it says nothing');
    return text;
  } catch (error) {
    throw new Invalid([
      { field: 'data', rule: `must be plain JSON: ${error instanceof Error ? error.message : String(error)}` },
    ]);
  }
}
