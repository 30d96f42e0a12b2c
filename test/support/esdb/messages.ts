// test support: events and positions to and from the messages of the protocol.
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { UNTOLD } from './positions.js';
import type { Expected, Proposal, WireEvent } from './wire-event.js';

const { Empty, StreamIdentifier, UUID } = shared;
const { ReadResp } = streams;
const { ReadEvent, Checkpoint, SubscriptionConfirmation, StreamNotFound, CaughtUp } = ReadResp;
const { RecordedEvent } = ReadEvent;

const TICKS_PER_MILLISECOND = 10_000;
const UNTYPED = 'application/octet-stream';

export const nameOf = (identifier?: shared.StreamIdentifier) =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export const identifierOf = (stream: string) => new StreamIdentifier().setStreamName(Buffer.from(stream));

type ProposedMessage = streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage;

export function proposalOf(message: ProposedMessage): Proposal {
  const named = message.getMetadataMap();
  return {
    id: message.getId()!.getString(),
    type: named.get('type') ?? '',
    contentType: named.get('content-type') ?? UNTYPED,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** What both ways to append say of the expected revision, whatever they call it. */
interface ExpectedInMessage {
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
  hasAny(): boolean;
}

export function expectedOf(options: ExpectedInMessage, revision: string): Expected {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasAny() ? 'any' : BigInt(revision);
}

/** Sets the one field for the revision the writer expected. */
export interface ExpectedSetters {
  readonly exactly: (revision: string) => unknown;
  readonly noStream: () => unknown;
  readonly streamExists: () => unknown;
  readonly any: () => unknown;
}

export function tellExpected(expected: Expected, tell: ExpectedSetters): void {
  if (expected === 'no_stream') tell.noStream();
  else if (expected === 'stream_exists') tell.streamExists();
  else if (expected === 'any') tell.any();
  else tell.exactly(String(expected));
}

/** @param told the position in the record; the largest number of 64 bits when it is not told */
function recorded(event: WireEvent, told: bigint): streams.ReadResp.ReadEvent.RecordedEvent {
  const record = new RecordedEvent()
    .setId(new UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(String(told))
    .setPreparePosition(String(told))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  record
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', String(event.created.getTime() * TICKS_PER_MILLISECOND));
  return record;
}

export const eventInAll = (event: WireEvent) =>
  new ReadResp().setEvent(
    new ReadEvent().setEvent(recorded(event, event.position)).setCommitPosition(String(event.position)),
  );

export function eventInStream(event: WireEvent, positionTold: boolean): streams.ReadResp {
  const read = new ReadEvent().setEvent(recorded(event, positionTold ? event.position : UNTOLD));
  if (positionTold) read.setCommitPosition(String(event.position));
  else read.setNoPosition(new Empty());
  return new ReadResp().setEvent(read);
}

export const confirmation = (id: string) =>
  new ReadResp().setConfirmation(new SubscriptionConfirmation().setSubscriptionId(id));

export const caughtUp = () => new ReadResp().setCaughtUp(new CaughtUp());

export const checkpoint = (position: bigint) =>
  new ReadResp().setCheckpoint(
    new Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const streamNotFound = (stream: string) =>
  new ReadResp().setStreamNotFound(new StreamNotFound().setStreamIdentifier(identifierOf(stream)));
