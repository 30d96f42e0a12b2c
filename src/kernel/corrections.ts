// kernel: which facts stand, once corrections are heard.
import type { Fact, Recorded } from './recorded.js';

export const CORRECTION_REASONS = ['did_not_occur', 'incorrect_data'] as const;
export type CorrectionReason = (typeof CORRECTION_REASONS)[number];

/** The fact as it should have been stated. */
export interface Restated<F extends Fact = Fact> {
  readonly happenedAt: string;
  readonly schema: number;
  readonly fact: F;
}

/** An entry that names a wrong one of the same stream. */
export interface EntryCorrected<F extends Fact = Fact> extends Fact {
  readonly type: 'EntryCorrected';
  readonly data: {
    readonly wrongEventId: string;
    readonly reason: CorrectionReason;
    /** Stands in the place of the wrong entry; absent when that entry did not occur. */
    readonly restated?: Restated<F | EntryCorrected<F>>;
    readonly note: string;
  };
}

type History<F extends Fact> = readonly Recorded<F | EntryCorrected<F>>[];

/** What corrections that stand say of entries, by entry id: the form that stands instead, or undefined for none. */
export type Verdicts<F extends Fact> = ReadonlyMap<string, Restated<F | EntryCorrected<F>> | undefined>;

/**
 * The facts that stand, in the order in which they were first stated: entries that did not occur are left out, restated
 * ones take the place (and keep the envelope) of the wrong one. A correction that was itself corrected has no effect or
 * its restated one; where several correct the same entry, the latest that stands counts.
 */
export function effective<F extends Fact>(history: History<F>): Recorded<F>[] {
  const verdicts = verdictsOf(history);
  return history.flatMap((entry) => {
    const form = standingForm(entry, verdicts);
    return form && !isCorrection(form) ? [form] : [];
  });
}

/** Read from the end, every correction has heard its own corrections before it is heard. */
export function verdictsOf<F extends Fact>(history: History<F>): Verdicts<F> {
  const verdicts = new Map<string, Restated<F | EntryCorrected<F>> | undefined>();
  for (let i = history.length - 1; i >= 0; i--) {
    const form = standingForm(history[i]!, verdicts);
    if (!form || !isCorrection(form) || verdicts.has(form.data.wrongEventId)) continue;
    verdicts.set(form.data.wrongEventId, form.data.restated);
  }
  return verdicts;
}

export function isCorrection<F extends Fact>(
  entry: Recorded<F | EntryCorrected<F>>,
): entry is Recorded<EntryCorrected<F>> {
  return entry.type === 'EntryCorrected';
}

function standingForm<F extends Fact>(
  entry: Recorded<F | EntryCorrected<F>>,
  verdicts: Verdicts<F>,
): Recorded<F | EntryCorrected<F>> | undefined {
  if (!verdicts.has(entry.id)) return entry;
  const restated = verdicts.get(entry.id);
  return restated && { ...entry, ...restated.fact, happenedAt: restated.happenedAt, schema: restated.schema };
}
