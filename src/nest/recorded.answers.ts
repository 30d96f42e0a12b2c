// nest: what a command answers over HTTP.
import type { Answer } from '../kernel/transact.js';

export class RecordedAnswer {
  /** Reference of the record. */
  id!: string;
  stream!: string;
  /** Version of the record after the command; give it as If-Match to decide on exactly this state. */
  version!: number;
  /** Give this as `after` to a query that must include this command. */
  position!: number;
  /** Ids of the entries, for corrections. */
  events!: string[];
  /** Fields that look mistyped; recorded all the same. */
  doubtful!: string[];
  /** True when nothing new was recorded. */
  repeated!: boolean;
}

export function recordedAnswer({ stream, version, position, events, doubtful, repeated }: Answer): RecordedAnswer {
  return {
    // A catalogue stream names the kind of thing before its reference.
    id: stream.replace(/^(catalogue-[a-z]+|[a-z]+)-/, ''),
    stream,
    version,
    position,
    events: [...events],
    doubtful: [...doubtful],
    repeated,
  };
}
