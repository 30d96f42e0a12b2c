// test support: at which event a reader begins. A read includes the event at its place, a subscription begins after it.
import type { AllQuestion, Position, Question, StreamQuestion } from './question.js';
import type { WireEvent } from './wire-event.js';

/** The index of the first event to look at; outside of the events when there is none. */
export function begin(events: readonly WireEvent[], question: Question): number {
  const { from } = question;
  const last = events.length - 1;
  if (from === 'end') return question.backwards ? last : events.length;
  if (question.stream !== undefined) return inStream(question, last);
  return inAll(events, question);
}

function inStream({ from, count, backwards }: StreamQuestion, last: number): number {
  if (from === 'start') return 0;
  const revision = Number(from);
  if (count === undefined) return revision + 1;
  return backwards ? Math.min(revision, last) : revision;
}

function inAll(events: readonly WireEvent[], { from, count, backwards }: AllQuestion): number {
  if (from === 'start' || from === 'end') return backwards ? -1 : 0;
  // Backwards a position is the end of what is read: the event there is left out.
  if (backwards) return before(events, (event) => compared(event, from) < 0) - 1;
  return before(events, (event) => compared(event, from) < (count === undefined ? 1 : 0));
}

function compared({ position }: WireEvent, { commit, prepare }: Position): number {
  const difference = position === commit ? position - prepare : position - commit;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** How many events come before the first that is no longer early. */
function before(events: readonly WireEvent[], early: (event: WireEvent) => boolean): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (early(events[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a record begins at the position, or the log has not got there yet. */
export function isPosition(events: readonly WireEvent[], { from }: AllQuestion): boolean {
  if (from === 'start' || from === 'end' || from.commit === 0n) return true;
  const { commit } = from;
  const found = events[before(events, ({ position }) => position < commit)];
  return found === undefined || found.position === commit;
}
