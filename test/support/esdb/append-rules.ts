// test support: whether an append is written, was written before, or contradicts what stands.
import type { Expected, WireEvent } from './wire-event.js';

export type Judgement =
  { readonly kind: 'write' } | { readonly kind: 'repeat'; readonly last?: WireEvent } | { readonly kind: 'conflict' };

const WRITE: Judgement = { kind: 'write' };
const CONFLICT: Judgement = { kind: 'conflict' };

/**
 * Only ids are compared, never bodies.
 * @param stored the stream as it stands
 * @param recent finds an event among the last ones of the whole log; without a revision nothing else is looked at
 */
export function judged(
  stored: readonly WireEvent[],
  expected: Expected,
  ids: readonly string[],
  recent: (id: string) => WireEvent | undefined,
): Judgement {
  if (expected === 'stream_exists' && stored.length === 0) return CONFLICT;
  if (expected === 'any' || expected === 'stream_exists') return seenLately(stored, ids, recent);
  const behind = expected === 'no_stream' ? 0 : Number(expected) + 1;
  if (behind > stored.length) return CONFLICT;
  // At the head an id is never looked for: the same event is written again.
  if (behind === stored.length) return WRITE;
  const same = ids.every((id, index) => stored[behind + index]?.id === id);
  return same ? { kind: 'repeat', last: stored[behind + ids.length - 1] } : CONFLICT;
}

function seenLately(
  stored: readonly WireEvent[],
  ids: readonly string[],
  recent: (id: string) => WireEvent | undefined,
): Judgement {
  const seen = ids.map((id) => {
    const event = recent(id);
    return event !== undefined && stored[Number(event.revision)] === event ? event : undefined;
  });
  if (seen[0] === undefined) return WRITE;
  return seen.includes(undefined) ? CONFLICT : { kind: 'repeat', last: seen.at(-1) };
}
