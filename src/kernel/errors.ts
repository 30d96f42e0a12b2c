// kernel: the four ways to say no, the one way to be overtaken, and the three ways to be asked at a bad time.

/** One fault of an input: where, which rule, what stood there. */
export interface Problem {
  readonly field: string;
  readonly rule: string;
  readonly value?: unknown;
}

/** Figures that explain a refusal, ready to be shown. */
export type Figures = Readonly<Record<string, unknown>>;

export abstract class ReliefError extends Error {
  abstract readonly status: number;
  abstract readonly code: string;
  readonly figures: Figures = {};

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** The input does not say anything that could be recorded. */
export class Invalid extends ReliefError {
  readonly status = 400;
  readonly code = 'INVALID';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.field} ${problem.rule}${shown(problem.value)}`).join('; '));
  }
}

/** The input names something nobody has registered. */
export class Unknown extends ReliefError {
  readonly status = 404;
  readonly code = 'UNKNOWN';
  constructor(
    readonly kind: string,
    readonly id: string,
    advice = '',
  ) {
    super(`There is no ${kind} ${id}.${advice && ` ${advice}`}`);
  }
}

/** A decision that the rules forbid; `code` is stable. */
export class Refused extends ReliefError {
  readonly status = 409;
  constructor(
    readonly code: string,
    message: string,
    override readonly figures: Figures = {},
  ) {
    super(message);
  }
}

/** A field fact that the books do not agree with: it is recorded when it is confirmed. */
export class Contradicts extends ReliefError {
  readonly status = 409;
  readonly code = 'CONTRADICTS_BOOKS';
  constructor(
    message: string,
    override readonly figures: Figures,
  ) {
    super(`${message} If it really happened, send it again with contradiction "confirmed" and a note.`);
  }
}

/** Somebody else wrote to the stream first. */
export class Conflict extends ReliefError {
  readonly status = 412;
  readonly code = 'CONFLICT';
  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`${stream} is at version ${actual}, not ${expected}: read it again and decide again.`);
  }
}

/** The log did not answer in time. Whether a command arrived is unknown; under the same id it can be sent again. */
export class Unavailable extends ReliefError {
  readonly status = 503;
  readonly code = 'LOG_UNAVAILABLE';
}

/** The reports are not fit to be asked yet: nothing was looked at, nothing was recorded. */
export class NotReady extends ReliefError {
  readonly status = 503;
  readonly code = 'NOT_READY';
}

/** More is asked at once than this node takes in hand: nothing of the request was looked at. */
export class Overloaded extends ReliefError {
  readonly status = 503;
  readonly code = 'OVERLOADED';
  constructor(most: number) {
    super(`This node has ${most} requests in hand already. Send it again in a moment, under the same id.`);
  }
}

function shown(value: unknown): string {
  return value === undefined ? '' : ` (was ${JSON.stringify(value)})`;
}
