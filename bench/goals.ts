// bench: what a figure must reach, and whether it did.

/** One row's medians. */
export interface Seen {
  readonly ours: number;
  readonly limit?: number | undefined;
  readonly peer?: number | undefined;
}

export interface Goal {
  readonly text: string;
  /** Events for which it is stated; left out where it does not depend on them. */
  readonly events?: number;
  /** Undefined when what it compares with was not measured. */
  met(seen: Seen): boolean | undefined;
}

/** The goals of reports, memory and start are stated for this many events. */
export const STATED_FOR = 10_000_000;

const figure = (number: number) => number.toLocaleString('en-GB');

export const atLeast = (least: number): Goal => ({ text: `≥ ${figure(least)}`, met: ({ ours }) => ours >= least });

export const atMost = (most: number): Goal => ({ text: `≤ ${figure(most)}`, met: ({ ours }) => ours <= most });

export const some: Goal = { text: 'some', met: ({ ours }) => ours > 0 };

export const none: Goal = { text: 'none', met: ({ ours }) => ours === 0 };

export const share = (percent: number): Goal => ({
  text: `≥ ${percent} % of the limit`,
  met: ({ ours, limit }) => (limit === undefined ? undefined : ours >= (limit * percent) / 100),
});

export const timesPeer = (times: number): Goal => ({
  text: `≥ ${times} × Emmett`,
  met: ({ ours, peer }) => (peer === undefined ? undefined : ours >= peer * times),
});

/** The same goal, stated for ten million events. */
export const inTheLarge = (goal: Goal): Goal => ({ ...goal, text: `${goal.text} at 10 million`, events: STATED_FOR });

export const NOT_MEASURED = 'not measured';
export const NOT_MET = 'NOT MET';

/** `met` only for as many events as the goal is stated for; with fewer it says how many there were. */
export function verdict(goal: Goal, seen: Seen | undefined, events: number): string {
  const met = seen && goal.met(seen);
  if (met === undefined) return NOT_MEASURED;
  if (!met) return NOT_MET;
  return goal.events !== undefined && events < goal.events ? `met at ${figure(events)}` : 'met';
}
