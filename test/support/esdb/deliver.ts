// test support: one event to one reader, late or held back if that is to be.
import { setTimeout as wait } from 'node:timers/promises';
import { eventInAll, eventInStream } from './messages.js';
import type { Outlet } from './outlet.js';
import type { Question } from './question.js';
import { silencedFor, type Station } from './station.js';
import type { WireEvent } from './wire-event.js';

export async function delivered(
  { faults, habits }: Station,
  question: Question,
  event: WireEvent,
  outlet: Outlet,
): Promise<void> {
  const { silence, slowRead } = faults.spots;
  const slow = slowRead.strike();
  if (slow) await wait(slow.milliseconds, undefined, { signal: outlet.closed }).catch(() => undefined);
  while (silence.waits(silencedFor('reads')) && !outlet.closed.aborted) await silence.changed.next(outlet.closed);
  const inAll = question.stream === undefined;
  await outlet.send(inAll ? eventInAll(event) : eventInStream(event, habits.positionsInStreamReads));
}
