// store: one client at a time, with timers of our own: the client's calls can stay silent for ever.
import {
  EventStoreDBClient,
  isCommandError,
  ErrorType,
  type CommandError,
  type Credentials,
  type StreamingRead,
} from '@eventstore/db-client';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '../../kernel/errors.js';
import { credentialsOf, withoutSecrets } from './address.js';

/** How long the log may take, in milliseconds. */
export interface Patience {
  /** One call, or the wait for the next event of a read. */
  readonly call: number;
  /** All tries of one append or read together. */
  readonly total: number;
}

export const PATIENCE: Patience = { call: 5_000, total: 15_000 };

/** What the server says about the request itself; everything else leaves open whether it was carried out. */
const FINAL: readonly string[] = [
  ErrorType.WRONG_EXPECTED_VERSION,
  ErrorType.STREAM_NOT_FOUND,
  ErrorType.STREAM_DELETED,
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.UNSUPPORTED,
];

const ASK_AGAIN = 'See that the event store runs and can be reached, then ask again.';
/** For whoever appends. */
export const SEND_AGAIN = 'Whether it was recorded is not known: send it again under the same id, it is recorded once.';

/** A status of gRPC. */
const INVALID_ARGUMENT = 3;

/** The server's own deadline strikes first, when it strikes at all. */
const GRACE_MS = 500;

/** A call that our own timer ended. */
class Silent extends Error {
  constructor(milliseconds: number) {
    super(`it said nothing for ${milliseconds} ms`);
  }
}

/** Something in the event store that this program did not write or cannot have written. */
export class Foreign extends Error {}

/** Trying again would not change what our own code makes of an answer. */
const OURS = [Foreign, TypeError, RangeError, SyntaxError];

export class Connection {
  /** Given with a call, they lead the client past its shared batch stream, which hangs for good once it is half-closed. */
  readonly credentials: Credentials;
  private current: EventStoreDBClient | undefined;
  private ended = false;

  /** Throws when the address cannot be read, or names no user for a server with TLS. */
  constructor(
    readonly address: string,
    private readonly patience: Patience = PATIENCE,
  ) {
    this.current = clientOf(address);
    this.credentials = credentialsOf(address);
  }

  get client(): EventStoreDBClient {
    return (this.current ??= clientOf(this.address));
  }

  /**
   * Runs a call until its outcome is known. Whoever appends must be able to do so twice: a try whose answer was lost may
   * have been carried out. Throws what the server says of the request, and `Unavailable` when patience ends.
   */
  async untilKnown<T>(what: string, call: (client: EventStoreDBClient) => Promise<T>, advice = ASK_AGAIN): Promise<T> {
    if (this.ended) throw outOfReach(what, this.address, 'the connection was closed', advice);
    const started = performance.now();
    const again = retry(
      handleWhen((error) => !this.ended && isOpen(error) && performance.now() - started < this.patience.total),
      { maxAttempts: Infinity, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }) },
    );
    try {
      return await again.execute(() => this.once(call));
    } catch (error) {
      throw isOpen(error) ? outOfReach(what, this.address, error, advice) : error;
    }
  }

  /** Every event of a read that `keep` wants; `keep` ends it early by answering false. */
  async collect<E>(read: StreamingRead<E>, keep: (event: E) => boolean): Promise<void> {
    const timer = setTimeout(() => read.destroy(new Silent(this.patience.call)), this.patience.call);
    try {
      for await (const event of read as AsyncIterable<E>) {
        timer.refresh();
        if (!keep(event)) break;
      }
    } finally {
      clearTimeout(timer);
      // Leaving the loop does not end the server's side of the call.
      read.cancel().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.ended = true;
    await this.drop();
  }

  /** The answer of a call that has no timer of its own it can be trusted with. */
  async inTime<T>(answer: Promise<T>, patience = this.patience.call + GRACE_MS): Promise<T> {
    const ended = new AbortController();
    const silence = pause(patience, undefined, { signal: ended.signal }).then(() => {
      throw new Silent(patience);
    });
    try {
      return await Promise.race([answer, silence]);
    } finally {
      ended.abort();
    }
  }

  private async once<T>(call: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    try {
      return await call(this.client);
    } catch (error) {
      // A client that stayed silent, or fails without saying why, may do so for ever: the next try gets a new one.
      if (isOpen(error) && !isCommandError(error as Error)) await this.drop();
      throw error;
    }
  }

  private async drop(): Promise<void> {
    const { current } = this;
    this.current = undefined;
    // It waits for the ends of its streams, which may never come.
    if (current) await this.inTime(current.dispose(), GRACE_MS).catch(() => undefined);
  }
}

/** True when nobody knows whether the call was carried out. */
function isOpen(error: unknown): boolean {
  if (OURS.some((ours) => error instanceof ours) || isMalformed(error)) return false;
  return !(isCommandError(error as Error) && FINAL.includes((error as CommandError).type));
}

/** The server's word for a position where no event begins; the client has no name for it. */
export function isMalformed(error: unknown): boolean {
  return (error as { code?: unknown }).code === INVALID_ARGUMENT;
}

function outOfReach(what: string, address: string, error: unknown, advice: string): Unavailable {
  const reason = error instanceof Error && error.message ? error.message : String(error);
  return new Unavailable(`${withoutSecrets(address)} did not answer ${what} in time (${reason}). ${advice}`);
}

function clientOf(address: string): EventStoreDBClient {
  return EventStoreDBClient.connectionString(address);
}
