// kernel: read, fold, decide, append; decide again when somebody was faster.
import type { EntryCorrected } from './corrections.js';
import { fold, type Decider } from './decider.js';
import { Conflict, Invalid, Refused } from './errors.js';
import { NO_STREAM, type EventStore } from './event-store.js';
import { eventId, fingerprint } from './identifiers.js';
import type { Circumstances, Fact, Proposed, Recorded } from './recorded.js';
import { schemaOf, type AnyShapes } from './shapes.js';
import { Turns } from './turns.js';

const TRIES = 4;

export type History<F extends Fact> = readonly Recorded<F | EntryCorrected<F>>[];

/** A command on its way to its stream. */
export interface Intention<State, F extends Fact> {
  readonly stream: string;
  readonly decider: Decider<State, F>;
  /** The facts that follow; none when the thing is in that state already. May be called again after a conflict. */
  decide(state: State, history: History<F>): Promise<readonly (F | EntryCorrected<F>)[]>;
  /** What is asked, for telling a repeat from another use of the same command id. */
  readonly content: object;
  readonly happenedAt: string;
  readonly reportedAt?: string | undefined;
  readonly circumstances: Circumstances;
  /** The version the caller decided on: no second try when the stream moved on. */
  readonly ifVersion?: number | undefined;
}

export interface Answer {
  readonly stream: string;
  readonly version: number;
  /** Give this as `after` to a query that must include this command. */
  readonly position: number;
  readonly events: readonly string[];
  /** Fields that look mistyped, such as a number whose check digit does not fit; recorded all the same. */
  readonly doubtful: readonly string[];
  /** True when nothing new was recorded: the command was known, or the thing is in that state already. */
  readonly repeated: boolean;
}

/** What a command makes of a stream: an answer from the past, or facts to append. */
interface Decided {
  readonly known?: Answer;
  readonly proposed: readonly Proposed[];
}

export class Transactions {
  private readonly turns = new Turns();

  constructor(
    private readonly store: EventStore,
    private readonly shapes: AnyShapes,
  ) {}

  /**
   * Runs commands on one stream to their end: all of them are recorded, in one append, or none.
   * Throws what `decide` throws; `Refused` COMMAND_ID_REUSED when an id belongs to another content; `Conflict` when the
   * stream is not at `ifVersion`, or moved on through four tries.
   */
  transact<State, F extends Fact>(intentions: readonly Intention<State, F>[]): Promise<Answer[]> {
    const { stream, ifVersion } = intentions[0]!;
    refuseRepeats(intentions);
    return this.turns.take(stream, async () => {
      for (let tries = 1; ; tries++) {
        try {
          return await this.tryOnce(stream, intentions);
        } catch (error) {
          if (!(error instanceof Conflict) || tries === TRIES || ifVersion !== undefined) throw error;
        }
      }
    });
  }

  private async tryOnce<State, F extends Fact>(
    stream: string,
    intentions: readonly Intention<State, F>[],
  ): Promise<Answer[]> {
    const history = (await this.store.readStream(stream)) as Recorded<F | EntryCorrected<F>>[];
    const version = history.at(-1)?.version ?? NO_STREAM;
    const position = history.at(-1)?.position ?? 0;
    const told = [...history];
    const decided: Decided[] = [];
    for (const intention of intentions) {
      const known = firstAnswer(history, intention);
      if (!known && intention.ifVersion !== undefined && intention.ifVersion !== version) {
        throw new Conflict(stream, intention.ifVersion, version);
      }
      const facts = known ? [] : await intention.decide(fold(intention.decider, told), told);
      const proposed = facts.map((fact, index) => this.propose(fact, index, intention));
      // A later command of the same append sees these facts as if they stood in the log already.
      told.push(...proposed.map((event) => asTold<F>(event, stream, told.length)));
      decided.push({ ...(known && { known }), proposed });
    }
    const proposed = decided.flatMap((one) => one.proposed);
    const appended = proposed.length > 0 ? await this.store.append(stream, version, proposed) : { version, position };
    return decided.map(({ known, proposed }) => {
      return (
        known ?? {
          stream,
          ...appended,
          events: proposed.map(({ id }) => id),
          ...doubts(proposed),
          repeated: proposed.length === 0,
        }
      );
    });
  }

  private propose<State, F extends Fact>(fact: Fact, index: number, intention: Intention<State, F>): Proposed {
    const { circumstances, happenedAt, reportedAt, content } = intention;
    return {
      ...circumstances,
      id: eventId(intention.stream, circumstances.commandId, index),
      type: fact.type,
      schema: schemaOf(this.shapes, fact.type),
      data: fact.data,
      happenedAt,
      ...(reportedAt && { reportedAt }),
      fingerprint: fingerprint(content),
    };
  }
}

function asTold<F extends Fact>(event: Proposed, stream: string, version: number): Recorded<F | EntryCorrected<F>> {
  const pending = { reportedAt: event.happenedAt, recordedAt: event.happenedAt, imported: false };
  return { ...event, ...pending, stream, version, position: Number.MAX_SAFE_INTEGER } as unknown as Recorded<F>;
}

function refuseRepeats(intentions: readonly { readonly circumstances: Circumstances }[]): void {
  const ids = intentions.map(({ circumstances }) => circumstances.commandId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new Invalid([{ field: 'commandId', rule: 'must differ between commands', value: twice }]);
}

/** The answer a command got when it was given before. */
function firstAnswer<State, F extends Fact>(
  history: History<F>,
  { stream, circumstances, content }: Intention<State, F>,
): Answer | undefined {
  const known = history.filter(({ commandId }) => commandId === circumstances.commandId);
  const last = known.at(-1);
  if (!last) return undefined;
  if (last.fingerprint !== fingerprint(content)) {
    throw new Refused(
      'COMMAND_ID_REUSED',
      `This was recorded before with other content (${last.type}, ${last.recordedAt}, command ${last.commandId}). ` +
        'To change what was recorded, correct that entry; for a new fact, use a new id.',
      { event: last.id, type: last.type, recordedAt: last.recordedAt },
    );
  }
  return {
    stream,
    version: last.version,
    position: last.position,
    events: known.map(({ id }) => id),
    ...doubts(known),
    repeated: true,
  };
}

function doubts(facts: readonly Fact[]): { doubtful: string[] } {
  return { doubtful: facts.flatMap(({ data }) => ('doubtful' in data ? (data.doubtful as string[]) : [])) };
}
