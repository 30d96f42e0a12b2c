// test support: which events of `$all` a reader wants to see.
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import type { WireEvent } from './wire-event.js';

type FilterOptions = streams.ReadReq.Options.FilterOptions;

const WINDOW = 32;

export interface Filter {
  wants(event: WireEvent): boolean;
  /** A checkpoint comes after so many events that were looked at. */
  readonly checkpointEvery: number;
}

export function filterFrom(options: FilterOptions): Filter {
  const byStream = options.hasStreamIdentifier();
  const expression = byStream ? options.getStreamIdentifier()! : options.getEventType()!;
  const wants = matches(expression.getRegex(), expression.getPrefixList());
  return {
    wants: ({ stream, type }) => wants(byStream ? stream : type),
    checkpointEvery: (options.hasMax() ? options.getMax() : WINDOW) * options.getCheckpointintervalmultiplier(),
  };
}

function matches(regex: string, prefixes: readonly string[]): (name: string) => boolean {
  if (prefixes.length > 0) return (name) => prefixes.some((prefix) => name.startsWith(prefix));
  const pattern = new RegExp(regex);
  return (name) => pattern.test(name);
}
