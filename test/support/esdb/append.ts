// test support: the append that sends its events one by one and is answered once.
import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { accepted, toldPosition, type AppendRequest, type Verdict } from './accept-append.js';
import { expectedOf, nameOf, proposalOf, tellExpected } from './messages.js';
import { timedOut, tooLarge, unavailable } from './refusals.js';
import type { Station } from './station.js';
import type { Expected, Outcome, Proposal } from './wire-event.js';

const { Empty } = shared;
const { AppendResp } = streams;
const { Success, WrongExpectedVersion, Position } = AppendResp;

type Call = ServerReadableStream<streams.AppendReq, streams.AppendResp>;
type Answer = sendUnaryData<streams.AppendResp>;

export const append =
  (station: Station) =>
  (call: Call, answer: Answer): void => {
    const messages: streams.AppendReq[] = [];
    call.on('data', (message: streams.AppendReq) => messages.push(message));
    call.on('end', () => {
      // A writer that died in the middle of its events has not asked for an append.
      if (call.cancelled) return;
      const request = requestFrom(messages);
      tell(accepted(station, call.metadata, request), request, station, answer);
    });
  };

function requestFrom(messages: readonly streams.AppendReq[]): AppendRequest {
  const proposals: Proposal[] = [];
  let stream = '';
  let expected: Expected = 'any';
  for (const message of messages) {
    const options = message.getOptions();
    if (options) {
      stream = nameOf(options.getStreamIdentifier());
      expected = expectedOf(options, options.getRevision());
    } else {
      proposals.push(proposalOf(message.getProposedMessage()!));
    }
  }
  return { stream, expected, proposals };
}

function tell(verdict: Verdict, request: AppendRequest, { habits }: Station, answer: Answer): void {
  switch (verdict.kind) {
    case 'silence':
      return;
    case 'refuse':
      return answer(verdict.refusal);
    case 'not ready':
      return answer(unavailable());
    case 'too large':
      return answer(tooLarge(habits.maxAppendBytes));
    case 'timed out':
      return answer(timedOut());
    case 'answer':
      return answer(null, answerTo(request, verdict.outcome, habits));
  }
}

function answerTo({ expected }: AppendRequest, outcome: Outcome, habits: Station['habits']): streams.AppendResp {
  if (outcome.kind === 'conflict') {
    return new AppendResp().setWrongExpectedVersion(conflict(expected, outcome.actual));
  }
  const success = new Success();
  if (outcome.revision === undefined) success.setNoStream(new Empty());
  else success.setCurrentRevision(String(outcome.revision));
  const position = toldPosition(habits, outcome)?.toString();
  if (position === undefined) success.setNoPosition(new Empty());
  else success.setPosition(new Position().setCommitPosition(position).setPreparePosition(position));
  return new AppendResp().setSuccess(success);
}

function conflict(expected: Expected, actual: bigint | undefined): streams.AppendResp.WrongExpectedVersion {
  const wrong = new WrongExpectedVersion();
  if (actual === undefined) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentRevision(String(actual));
  tellExpected(expected, {
    exactly: (revision) => wrong.setExpectedRevision(revision),
    noStream: () => wrong.setExpectedNoStream(new Empty()),
    streamExists: () => wrong.setExpectedStreamExists(new Empty()),
    any: () => wrong.setExpectedAny(new Empty()),
  });
  return wrong;
}
