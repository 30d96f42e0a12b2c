// kernel: how a stream becomes a state.
import { effective, type EntryCorrected } from './corrections.js';
import type { Fact, Recorded } from './recorded.js';

export interface Decider<State, F extends Fact> {
  readonly initial: State;
  evolve(state: State, fact: F): State;
}

/** The state that the standing facts of a stream make: corrections first, then the fold. */
export function fold<State, F extends Fact>(
  decider: Decider<State, F>,
  history: readonly Recorded<F | EntryCorrected<F>>[],
): State {
  return effective(history).reduce<State>((state, fact) => decider.evolve(state, fact), decider.initial);
}
