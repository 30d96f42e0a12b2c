// kernel: what the log keeps of every fact.

/** A fact as a room states it: plain data under a stable name. */
export interface Fact {
  readonly type: string;
  readonly data: object;
}

/** Who acts: an account id and the role it acts in, never a person's name. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

export type Channel = 'web' | 'api' | 'cli' | 'import' | 'system';

/** What surrounds a command: attached once, where the command enters the house. Times are ISO 8601 with offset. */
export interface Circumstances {
  readonly actor: Actor;
  readonly channel: Channel;
  /** Chosen by the caller; the same id never records twice. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
}

/** A fact on its way into the log; the store adds stream, version, position and recordedAt. */
export interface Proposed extends Circumstances {
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: object;
  readonly happenedAt: string;
  /** Only stated by imports of old records; otherwise the moment of recording. */
  readonly reportedAt?: string;
  /** Only stated by a copy of a log, which keeps the stamp of the first store. */
  readonly recordedAt?: string;
  /** Short digest of the command's content: tells a repeat from another use of the same id. */
  readonly fingerprint: string;
}

/** Everything the log says about a fact beside the fact itself. */
export interface Envelope extends Circumstances {
  readonly id: string;
  readonly stream: string;
  /** 0 for the first fact of its stream. */
  readonly version: number;
  /** Strictly rising over the whole log; a safe integer; not contiguous by promise. */
  readonly position: number;
  readonly schema: number;
  readonly happenedAt: string;
  readonly reportedAt: string;
  /** Stamped by the store, UTC with milliseconds. */
  readonly recordedAt: string;
  /** True when reportedAt was stated rather than stamped. */
  readonly imported: boolean;
  readonly fingerprint: string;
}

export type Recorded<F extends Fact = Fact> = F & Envelope;
