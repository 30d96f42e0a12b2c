// kernel: read, fold, decide, append; decide again when somebody was faster.
// What the last append left behind is remembered: most commands then neither read nor fold.
import { asJson } from './as-json.js';
import { isCorrection, type EntryCorrected } from './corrections.js';
import { fold, type Decider } from './decider.js';
import { Conflict, Invalid, Refused } from './errors.js';
import { NO_STREAM, type EventStore } from './event-store.js';
import { eventId, fingerprint } from './identifiers.js';
import type { Circumstances, Fact, Proposed, Recorded } from './recorded.js';
import { Remembered, type Standing } from './remembered.js';
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
  /** True when `decide` asks for the state alone: a stream that is remembered comes without its history. */
  readonly onStateAlone?: boolean;
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

/** What commands make of a stream, and what it will be then. */
interface Verdict {
  readonly decided: readonly Decided[];
  readonly state: unknown;
}

export class Transactions {
  private readonly turns = new Turns();
  private readonly remembered = new Remembered();

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
          this.remembered.forget(stream);
          if (!(error instanceof Conflict) || tries === TRIES || ifVersion !== undefined) throw error;
        }
      }
    });
  }

  private async tryOnce<State, F extends Fact>(
    stream: string,
    intentions: readonly Intention<State, F>[],
  ): Promise<Answer[]> {
    const standing = this.remembered.get(stream);
    const verdict = standing && (await this.decideAsRemembered(standing, intentions));
    if (verdict) return this.append(stream, standing, verdict);
    const history = (await this.store.readStream(stream)) as Recorded<F | EntryCorrected<F>>[];
    const read = standingOf(history, fold(intentions[0]!.decider, history));
    return this.append(stream, read, await this.decide(read, intentions, history));
  }

  /**
   * Nothing where the stream must be read first: for a repeat, for a correction, and before anybody is told no or that
   * nothing is new, for the stream may have moved on.
   */
  private async decideAsRemembered<State, F extends Fact>(
    standing: Standing,
    intentions: readonly Intention<State, F>[],
  ): Promise<Verdict | undefined> {
    const enough = intentions.every(({ onStateAlone, ifVersion = standing.version, circumstances }) => {
      return onStateAlone && ifVersion === standing.version && !standing.commands.has(circumstances.commandId);
    });
    if (!enough) return undefined;
    try {
      const verdict = await this.decide(standing, intentions, []);
      return verdict.decided.every(({ proposed }) => proposed.length > 0) ? verdict : undefined;
    } catch {
      return undefined;
    }
  }

  private async decide<State, F extends Fact>(
    standing: Standing,
    intentions: readonly Intention<State, F>[],
    history: History<F>,
  ): Promise<Verdict> {
    const told = [...history];
    const decided: Decided[] = [];
    let { version } = standing;
    let state = standing.state as State;
    for (const intention of intentions) {
      const { stream, decider, ifVersion } = intention;
      const known = firstAnswer(history, intention);
      if (!known && ifVersion !== undefined && ifVersion !== standing.version) {
        throw new Conflict(stream, ifVersion, standing.version);
      }
      const facts = known ? [] : await intention.decide(state, told);
      const proposed = facts.map((fact, index) => this.propose(fact, index, intention));
      // A later command of the same append sees these facts as if they stood in the log already.
      const heard = proposed.map((event) => asTold<F>(event, stream, ++version));
      told.push(...heard);
      state = heard.some((entry) => isCorrection<F>(entry))
        ? fold(decider, told)
        : (heard as Recorded<F>[]).reduce<State>((before, fact) => decider.evolve(before, fact), state);
      decided.push({ ...(known && { known }), proposed });
    }
    return { decided, state };
  }

  private async append(stream: string, standing: Standing, { decided, state }: Verdict): Promise<Answer[]> {
    const proposed = decided.flatMap((one) => one.proposed);
    const { version, position } = standing;
    const appended = proposed.length > 0 ? await this.store.append(stream, version, proposed) : { version, position };
    for (const { commandId } of proposed) standing.commands.add(commandId);
    this.remembered.keep(stream, { ...appended, state, commands: standing.commands });
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

function standingOf(history: readonly Recorded[], state: unknown): Standing {
  const { version, position } = history.at(-1) ?? { version: NO_STREAM, position: 0 };
  return { version, position, state, commands: new Set(history.map(({ commandId }) => commandId)) };
}

/** The fact as the log will give it back, but for what the store stamps. */
function asTold<F extends Fact>(event: Proposed, stream: string, version: number): Recorded<F | EntryCorrected<F>> {
  const data = asJson(event.data);
  const pending = { reportedAt: event.happenedAt, recordedAt: event.happenedAt, imported: false };
  return { ...event, data, ...pending, stream, version, position: Number.MAX_SAFE_INTEGER } as unknown as Recorded<F>;
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
