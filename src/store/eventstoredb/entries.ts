// store: facts as EventStoreDB keeps them, and which of its events are facts.
import { jsonEvent, type AllStreamRecordedEvent, type EventData, type RecordedEvent } from '@eventstore/db-client';
import type { Recorded } from '../../kernel/recorded.js';
import { stamp, type Metadata, type Payload } from '../envelope.js';
import { Foreign } from './connection.js';

/** Streams that the adapter keeps for itself: the name of the log, and whose turn it is. */
export const LOG_STREAM = 'relief-log';
export const TURN_STREAM = (key: string) => `relief-turn-${key.replaceAll(/\s+/g, '-')}`;

/** Beside the metadata that every store keeps: what SQLite keeps in columns. */
interface KeptMetadata extends Metadata {
  readonly schema: number;
  /** Of a copied event: when its first store recorded it. */
  readonly recordedAt?: string;
}

/** An event that is not a fact: of the server itself (`$…`), or of the adapter. */
export function isHousekeeping(streamId: string): boolean {
  return streamId.startsWith('$') || streamId.startsWith('relief-');
}

/** A validated event, ready for the client; what JSON cannot carry never gets here. */
export function toEvent({ id, type, schema, data, metadata, recordedAt }: Payload): EventData {
  const stamp = recordedAt === undefined ? {} : { recordedAt: new Date(recordedAt).toISOString() };
  const kept: KeptMetadata = { schema, ...(JSON.parse(metadata) as Metadata), ...stamp };
  return jsonEvent({ id, type, data: JSON.parse(data) as Record<string, unknown>, metadata: kept });
}

/** Throws `Foreign` for an event that this program did not write: it must not be skipped, and cannot be read. */
export function toRecorded(event: RecordedEvent | AllStreamRecordedEvent): Recorded {
  const { streamId: stream, id, type, revision, created } = event;
  const metadata = event.metadata as Partial<KeptMetadata> | undefined;
  if (!event.isJson || typeof event.data !== 'object' || !metadata?.commandId || !metadata.schema) {
    throw new Foreign(
      `The event store holds ${type} in ${stream}, which Relief Ledger did not write. Give it an event store of its own.`,
    );
  }
  const { schema, recordedAt, ...about } = metadata as KeptMetadata;
  const time = recordedAt === undefined ? created.getTime() : Date.parse(recordedAt);
  const place = { stream, version: Number(revision), position: positionOf(event), recordedAt: time };
  return stamp({ id, type, schema, data: event.data }, about, place);
}

/**
 * The one number that stands for both parts of a log position. They differ only for events written through explicit
 * transactions, which the server removed; one that differs is refused, so that no checkpoint can lose its second part.
 */
export function positionOf({ position, type, streamId }: RecordedEvent | AllStreamRecordedEvent): number {
  const { commit, prepare } = position ?? { commit: -1n, prepare: -1n };
  if (commit > BigInt(Number.MAX_SAFE_INTEGER) || commit < 0n) {
    throw new Foreign('The event store does not say where events stand in its log: use EventStoreDB 22.10 or newer.');
  }
  if (commit !== prepare) {
    throw new Foreign(
      `${type} in ${streamId} was written in a transaction (${commit}/${prepare}): not by Relief Ledger.`,
    );
  }
  return Number(commit);
}
