// test support: the append that shares one call with all others of its client and is answered by correlation.
import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import grpcStatus from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import { accepted, toldPosition, type AppendRequest, type Verdict } from './accept-append.js';
import { expectedOf, identifierOf, nameOf, proposalOf, tellExpected } from './messages.js';
import { fail, NOT_READY } from './refusals.js';
import type { Station } from './station.js';
import type { Expected, Outcome, Proposal } from './wire-event.js';

const { Empty } = emptyPb;
const { AllStreamPosition, MaximumAppendSizeExceeded, Timeout, WrongExpectedVersion } = shared;
const { BatchAppendResp } = streams;
const { Success } = BatchAppendResp;

type Call = ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;

/** An append whose last part has not come. */
interface Unfinished {
  readonly stream: string;
  readonly expected: Expected;
  readonly proposals: Proposal[];
}

export const batchAppend =
  (station: Station) =>
  (call: Call): void => {
    const unfinished = new Map<string, Unfinished>();
    let over = false;
    const end = () => {
      over = true;
      call.end();
    };

    call.on('end', end);
    call.on('data', (part: streams.BatchAppendReq) => {
      if (over) return;
      const correlation = part.getCorrelationId()!.getString();
      const request = unfinished.get(correlation) ?? begun(part);
      request.proposals.push(...part.getProposedMessagesList().map(proposalOf));
      unfinished.set(correlation, request);
      if (!part.getIsFinal()) return;
      unfinished.delete(correlation);
      if (station.faults.spots.halfClosedBatch.strike()) return end();
      const clockIsAhead = station.faults.spots.wrongClock.strike() !== undefined;
      const verdict: Verdict = clockIsAhead ? { kind: 'timed out' } : accepted(station, call.metadata, request);
      if (verdict.kind === 'refuse') {
        over = true;
        return fail(call, verdict.refusal);
      }
      const answer = answerTo(request, verdict, station.habits);
      if (answer) {
        answer.setCorrelationId(part.getCorrelationId()).setStreamIdentifier(identifierOf(request.stream));
        call.write(answer);
      }
    });
  };

function begun(part: streams.BatchAppendReq): Unfinished {
  const options = part.getOptions()!;
  return {
    stream: nameOf(options.getStreamIdentifier()),
    expected: expectedOf(options, options.getStreamPosition()),
    proposals: [],
  };
}

function answerTo(
  { expected }: AppendRequest,
  verdict: Exclude<Verdict, { kind: 'refuse' }>,
  habits: Station['habits'],
): streams.BatchAppendResp | undefined {
  switch (verdict.kind) {
    case 'silence':
      return undefined;
    case 'not ready':
      return error(status.UNKNOWN, NOT_READY, 'google.protobuf.Empty', new Empty());
    case 'too large': {
      const limit = new MaximumAppendSizeExceeded().setMaxappendsize(habits.maxAppendBytes);
      return error(status.INVALID_ARGUMENT, 'too large', 'event_store.client.MaximumAppendSizeExceeded', limit);
    }
    case 'timed out':
      return error(status.DEADLINE_EXCEEDED, 'timed out', 'event_store.client.Timeout', new Timeout());
    case 'answer':
      return outcomeTo(expected, verdict.outcome, habits);
  }
}

function outcomeTo(expected: Expected, outcome: Outcome, habits: Station['habits']): streams.BatchAppendResp {
  if (outcome.kind === 'conflict') {
    const wrong = conflict(expected, outcome.actual);
    return error(status.FAILED_PRECONDITION, 'conflict', 'event_store.client.WrongExpectedVersion', wrong);
  }
  const success = new Success();
  if (outcome.revision === undefined) success.setNoStream(new Empty());
  else success.setCurrentRevision(String(outcome.revision));
  const position = toldPosition(habits, outcome)?.toString();
  if (position === undefined) success.setNoPosition(new Empty());
  else success.setPosition(new AllStreamPosition().setCommitPosition(position).setPreparePosition(position));
  return new BatchAppendResp().setSuccess(success);
}

function conflict(expected: Expected, actual: bigint | undefined): shared.WrongExpectedVersion {
  const wrong = new WrongExpectedVersion();
  if (actual === undefined) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentStreamRevision(String(actual));
  tellExpected(expected, {
    exactly: (revision) => wrong.setExpectedStreamPosition(revision),
    noStream: () => wrong.setExpectedNoStream(new Empty()),
    streamExists: () => wrong.setExpectedStreamExists(new Empty()),
    any: () => wrong.setExpectedAny(new Empty()),
  });
  return wrong;
}

interface Packable {
  serializeBinary(): Uint8Array;
}

/** The client needs the details: it throws where they are missing. */
function error(code: status, message: string, name: string, details: Packable): streams.BatchAppendResp {
  const any = new anyPb.Any();
  any.pack(details.serializeBinary(), name);
  const error = new grpcStatus.Status().setMessage(message).setDetails(any);
  // The codes of a status are numbered alike in both packages.
  error.setCode(code as number);
  return new BatchAppendResp().setError(error);
}
