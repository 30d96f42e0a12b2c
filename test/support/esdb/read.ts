// test support: events out of the log, once or for as long as the reader stays.
import type { ServerWritableStream } from '@grpc/grpc-js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import { begin, isPosition } from './cursor.js';
import { delivered } from './deliver.js';
import { streamNotFound } from './messages.js';
import { Outlet } from './outlet.js';
import { questionFrom, type Question } from './question.js';
import { invalidPosition, notLeader, unavailable } from './refusals.js';
import { asksForLeader, leaderOf, leads, silencedFor, type Station } from './station.js';
import { subscribe } from './subscribe.js';

type Call = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

export const read =
  (station: Station) =>
  (call: Call): void => {
    const outlet = new Outlet(call);
    if (station.faults.spots.silence.strike(silencedFor('reads'))) return;
    if (asksForLeader(call.metadata)) {
      const leader = leaderOf(station);
      if (!leader) return outlet.fail(unavailable());
      const denied = station.faults.spots.notLeader.strike() !== undefined;
      if (denied || !leads(station)) return outlet.fail(notLeader(leader));
    }
    const question = questionFrom(call.request);
    const { log } = station;
    if (question.stream === undefined && !isPosition(log.all(), question)) {
      return outlet.fail(invalidPosition(typeof question.from === 'string' ? 0n : question.from.commit));
    }
    void (question.count === undefined ? subscribe : readOnce)(station, question, outlet);
  };

async function readOnce(station: Station, question: Question, outlet: Outlet): Promise<void> {
  const { log, faults } = station;
  const events = question.stream === undefined ? log.all() : log.stream(question.stream);
  if (question.stream !== undefined && events.length === 0) {
    await outlet.send(streamNotFound(question.stream));
    return outlet.end();
  }
  const step = question.backwards ? -1 : 1;
  let sent = 0;
  for (let index = begin(events, question); sent < question.count!; index += step) {
    const event = events[index];
    if (!event || outlet.closed.aborted) break;
    if (question.filter && !question.filter.wants(event)) continue;
    if (faults.spots.brokenRead.strike(({ after }) => sent >= after)) return outlet.fail(unavailable());
    await delivered(station, question, event, outlet);
    sent++;
  }
  outlet.end();
}
