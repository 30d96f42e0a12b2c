// test support: given these facts, when this is decided, then that follows.
import { fold, type Decider } from '../../src/kernel/decider.js';
import { Contradicts, Invalid, Refused, Unknown, type Figures } from '../../src/kernel/errors.js';
import type { Fact } from '../../src/kernel/recorded.js';
import { history } from './relief.js';

/** The facts a stream holds before the decision; corrections among them are heard as in the house. */
export function given<State, F extends Fact>(decider: Decider<State, F>, facts: readonly Fact[] = []) {
  const state = fold(decider, history('under-test', ...facts) as Parameters<typeof fold<State, F>>[1]);
  return { when: (decide: (state: State) => readonly Fact[]) => new Outcome(attempt(() => decide(state))) };
}

type Attempt = { readonly made: readonly Fact[] } | { readonly thrown: unknown };

function attempt(decide: () => readonly Fact[]): Attempt {
  try {
    return { made: decide() };
  } catch (thrown) {
    return { thrown };
  }
}

class Outcome {
  constructor(private readonly outcome: Attempt) {}

  /** These facts follow, each in every field. */
  then(facts: readonly Fact[]): void {
    expect(this.made()).toStrictEqual(facts);
  }

  /** The thing is in that state already. */
  thenNothing(): void {
    expect(this.made()).toStrictEqual([]);
  }

  /** The rules forbid it, under this code. */
  thenRefused(code: string): void {
    expect(this.thrown(Refused)).toMatchObject({ code, status: 409 });
  }

  /** The books say otherwise, with these figures. */
  thenContradicts(figures: Figures): void {
    expect(this.thrown(Contradicts).figures).toMatchObject(figures);
  }

  /** This field is at fault. */
  thenInvalid(field: string): void {
    expect(this.thrown(Invalid).problems.map((problem) => problem.field)).toEqual([field]);
  }

  /** Nobody has registered such a thing. */
  thenUnknown(kind: string): void {
    expect(this.thrown(Unknown).kind).toBe(kind);
  }

  private made(): readonly Fact[] {
    if ('thrown' in this.outcome) throw this.outcome.thrown;
    return this.outcome.made;
  }

  private thrown<E extends Error>(of: abstract new (...args: never[]) => E): E {
    if ('made' in this.outcome) {
      throw new Error(`Expected ${of.name}, but nothing was thrown: it made ${JSON.stringify(this.outcome.made)}.`);
    }
    if (!(this.outcome.thrown instanceof of)) throw this.outcome.thrown;
    return this.outcome.thrown;
  }
}
