// kernel: the rules of correcting any entry of any room.
import { effective, isCorrection, verdictsOf, type EntryCorrected, type Restated } from './corrections.js';
import type { CorrectEntry } from './command.js';
import type { Decider } from './decider.js';
import { Invalid, Unknown } from './errors.js';
import { canonicalJson } from './identifiers.js';
import type { Fact, Recorded } from './recorded.js';

type History<F extends Fact> = readonly Recorded<F | EntryCorrected<F>>[];
type Form<F extends Fact> = Restated<F | EntryCorrected<F>>;

/** Makes the fact as it should have been, given the state before the wrong one, and that one. */
export type Restate<State, F extends Fact> = (before: State, wrong: F) => Promise<Omit<Form<F>, 'fact'> & { fact: F }>;

/**
 * The correction of one entry, or nothing when that entry already reads so. Never refused because of later facts.
 * Throws `Unknown` for an entry that is not of this stream, `Invalid` when reason and restatement do not fit.
 */
export async function correct<State, F extends Fact>(
  command: Pick<CorrectEntry, 'event' | 'reason' | 'note'>,
  decider: Decider<State, F>,
  history: History<F>,
  restate?: Restate<State, F>,
): Promise<EntryCorrected<F>[]> {
  const { event: wrongEventId, reason, note } = command;
  if ((reason === 'incorrect_data') !== (restate !== undefined)) {
    throw new Invalid([{ field: 'restated', rule: 'must be given with incorrect_data, and only then' }]);
  }
  const root = rootOf(wrongEventId, history);
  const restated = restate && wrapped(wrongEventId, history, await restate(before(root, decider, history), root), note);
  const correction: EntryCorrected<F> = {
    type: 'EntryCorrected',
    data: { wrongEventId, reason, note, ...(restated && { restated }) },
  };
  return changes(correction, history) ? [correction] : [];
}

/** The fact that a chain of corrections is about. */
function rootOf<F extends Fact>(id: string, history: History<F>): Recorded<F> {
  const entry = history.find((candidate) => candidate.id === id);
  if (!entry) throw new Unknown('entry', id, 'Look it up in the history of this record.');
  return isCorrection<F>(entry) ? rootOf(entry.data.wrongEventId, history) : entry;
}

function before<State, F extends Fact>(root: Recorded<F>, decider: Decider<State, F>, history: History<F>): State {
  return effective<F>(history)
    .filter(({ version }) => version < root.version)
    .reduce<State>((state, fact) => decider.evolve(state, fact), decider.initial);
}

/** A restated correction restates what it corrected, down to the fact itself. */
function wrapped<F extends Fact>(id: string, history: History<F>, form: Form<F>, note: string): Form<F> {
  const entry = history.find((candidate) => candidate.id === id)!;
  if (!isCorrection<F>(entry)) return form;
  const { wrongEventId } = entry.data;
  const data = {
    wrongEventId,
    reason: 'incorrect_data' as const,
    note,
    restated: wrapped(wrongEventId, history, form, note),
  };
  return { happenedAt: entry.happenedAt, schema: entry.schema, fact: { type: 'EntryCorrected', data } };
}

/** False when this is what stands for the entry already. */
function changes<F extends Fact>(
  { data: { wrongEventId, restated } }: EntryCorrected<F>,
  history: History<F>,
): boolean {
  const verdicts = verdictsOf<F>(history);
  const { happenedAt, schema, type, data } = history.find(({ id }) => id === wrongEventId)!;
  const asRecorded = { happenedAt, schema, fact: { type, data } };
  const stands = verdicts.has(wrongEventId) ? verdicts.get(wrongEventId) : asRecorded;
  return canonicalJson(stands) !== canonicalJson(restated);
}
