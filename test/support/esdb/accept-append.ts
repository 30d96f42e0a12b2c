// test support: an append at the desk of a node, whichever way it came.
import type { Metadata } from '@grpc/grpc-js';
import { notLeader, unavailable, type Refusal } from './refusals.js';
import { asksForLeader, leaderOf, leads, silencedFor, type Station } from './station.js';
import { bytesOf, type Expected, type Outcome, type Proposal } from './wire-event.js';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: Expected;
  readonly proposals: readonly Proposal[];
}

/** What the writer is told, in the form that its way of appending has for it; or nothing. */
export type Verdict =
  | { readonly kind: 'answer'; readonly outcome: Outcome }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | { readonly kind: 'not ready' | 'too large' | 'timed out' | 'silence' };

const NOTHING_WRITTEN: Outcome = { kind: 'conflict' };

export function accepted(station: Station, headers: Metadata, request: AppendRequest): Verdict {
  const { log, habits, faults } = station;
  const { spots } = faults;
  const leader = leaderOf(station);
  if (spots.silence.strike(silencedFor('appends'))) return { kind: 'silence' };
  if (spots.notLeader.strike()) return { kind: 'refuse', refusal: notLeader(leader ?? station.address) };
  if (!leader) return { kind: 'not ready' };
  const forwards = habits.followersForward && !asksForLeader(headers);
  if (!leads(station) && !forwards) return { kind: 'refuse', refusal: notLeader(leader) };
  if (spots.refusedAppend.strike()) return { kind: 'refuse', refusal: unavailable() };
  const bytes = request.proposals.reduce((sum, proposal) => sum + bytesOf(proposal), 0);
  if (bytes > habits.maxAppendBytes) return { kind: 'too large' };

  const timeout = spots.timedOutWrite.strike();
  const writes = timeout === undefined || timeout.stored;
  const outcome = writes ? log.append(request.stream, request.expected, request.proposals) : NOTHING_WRITTEN;
  if (timeout) return { kind: 'timed out' };
  const lost = outcome.kind === 'conflict' ? undefined : spots.lostAck.strike();
  if (lost === 'silence') return { kind: 'silence' };
  if (lost) return { kind: 'refuse', refusal: unavailable('The answer got lost.') };
  return { kind: 'answer', outcome };
}

/** The position in an answer, if this server tells it. */
export function toldPosition({ positionsInRepeats }: Station['habits'], outcome: Outcome): bigint | undefined {
  if (outcome.kind === 'conflict') return undefined;
  return outcome.kind === 'repeated' && !positionsInRepeats ? undefined : outcome.position;
}
