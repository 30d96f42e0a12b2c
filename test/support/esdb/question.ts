// test support: what a reader asks for.
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import { filterFrom, type Filter } from './filter.js';
import { nameOf } from './messages.js';

/** A place in `$all`. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

interface Manner {
  readonly backwards: boolean;
  /** So many events at most; none for a subscription, which does not end. */
  readonly count?: number;
  readonly filter?: Filter;
}

export interface StreamQuestion extends Manner {
  readonly stream: string;
  readonly from: 'start' | 'end' | bigint;
}

export interface AllQuestion extends Manner {
  readonly stream?: undefined;
  readonly from: 'start' | 'end' | Position;
}

export type Question = StreamQuestion | AllQuestion;

const BACKWARDS: streams.ReadReq.Options.ReadDirection = 1;

export function questionFrom(request: streams.ReadReq): Question {
  const options = request.getOptions()!;
  const manner: Manner = {
    backwards: options.getReadDirection() === BACKWARDS,
    ...(options.hasSubscription() ? {} : { count: Number(options.getCount()) }),
    ...(options.hasFilter() ? { filter: filterFrom(options.getFilter()!) } : {}),
  };
  const stream = options.getStream();
  if (!stream) return { ...manner, from: placeIn(options.getAll()!) };
  const from = stream.hasStart() ? 'start' : stream.hasEnd() ? 'end' : BigInt(stream.getRevision());
  return { ...manner, stream: nameOf(stream.getStreamIdentifier()), from };
}

function placeIn(all: streams.ReadReq.Options.AllOptions): AllQuestion['from'] {
  if (all.hasStart()) return 'start';
  if (all.hasEnd()) return 'end';
  const position = all.getPosition()!;
  return { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) };
}
