// store: turns among all nodes of a cluster, kept in a stream of the log itself.
import {
  BACKWARDS,
  END,
  jsonEvent,
  NO_STREAM,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '../../kernel/errors.js';
import { Turns, type Turn, type TurnTaking } from '../../kernel/turns.js';
import type { Connection } from './connection.js';
import { TURN_STREAM } from './entries.js';

/** How long a turn lasts, in milliseconds. */
export interface Lease {
  /** After so long without news of a holder, the next one takes the turn. */
  readonly lapses: number;
  /** A holder does not begin an append later than this: what it begins has ended, or was given up, before the lapse. */
  readonly usable: number;
  readonly poll: number;
}

export const LEASE: Lease = { lapses: 30_000, usable: 10_000, poll: 50 };

interface Standing {
  /** -1 when nobody had a turn yet. */
  readonly revision: number;
  readonly free: boolean;
}

/**
 * Work of one key runs on one node at a time. Who takes a turn appends `TurnTaken` behind the revision they saw: of two,
 * one gets it. `TurnGiven` ends it; a holder that died loses it after the lapse, measured by those who wait, on their
 * own clocks. Within a node, turns are taken as ever.
 */
export class SharedTurns implements TurnTaking {
  private readonly local = new Turns();

  constructor(
    private readonly connection: Connection,
    private readonly lease: Lease = LEASE,
  ) {}

  take<T>(key: string, work: (turn: Turn) => Promise<T>): Promise<T> {
    return this.local.take(key, async () => {
      const revision = await this.taken(TURN_STREAM(key));
      const started = performance.now();
      const demand = () => {
        if (performance.now() - started <= this.lease.usable) return;
        throw new Unavailable(`The ${key} took too long to look at (over ${this.lease.usable} ms). Send it again.`);
      };
      try {
        const result = await work({ demand });
        await this.given(TURN_STREAM(key), revision);
        return result;
      } catch (error) {
        // An append that may still arrive keeps the turn until it can no longer do so.
        if (!(error instanceof Unavailable)) await this.given(TURN_STREAM(key), revision);
        throw error;
      }
    });
  }

  /** Waits for the turn and answers the revision at which it was taken. */
  private async taken(stream: string): Promise<number> {
    let seen: number | undefined;
    let since = performance.now();
    for (;;) {
      const { revision, free } = await this.standing(stream);
      if (revision !== seen) [seen, since] = [revision, performance.now()];
      const lapsed = performance.now() - since > this.lease.lapses;
      if ((free || lapsed) && (await this.append(stream, 'TurnTaken', revision))) return revision + 1;
      await pause(this.lease.poll * (0.5 + Math.random()));
    }
  }

  /** When it cannot be said, or somebody who found it lapsed has it by now, the turn ends without it. */
  private async given(stream: string, revision: number): Promise<void> {
    await this.append(stream, 'TurnGiven', revision).catch((error: unknown) => {
      if (!(error instanceof Unavailable)) throw error;
    });
  }

  private standing(stream: string): Promise<Standing> {
    return this.connection.untilKnown(`whose turn it is in ${stream}`, async (client) => {
      let standing: Standing = { revision: -1, free: true };
      try {
        const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader: true } as const;
        await this.connection.collect(client.readStream(stream, options), ({ event }) => {
          if (event) standing = { revision: Number(event.revision), free: event.type === 'TurnGiven' };
          return true;
        });
      } catch (error) {
        if (!(error instanceof StreamNotFoundError)) throw error;
      }
      return standing;
    });
  }

  /** False when somebody else was faster. */
  private async append(stream: string, type: 'TurnTaken' | 'TurnGiven', revision: number): Promise<boolean> {
    const expectedRevision = revision < 0 ? NO_STREAM : BigInt(revision);
    const event = jsonEvent({ id: randomUUID(), type, data: {} });
    const options = { expectedRevision, requiresLeader: true, credentials: this.connection.credentials } as const;
    try {
      await this.connection.untilKnown(`a turn in ${stream}`, (client) =>
        this.connection.inTime(client.appendToStream(stream, event, options)),
      );
      return true;
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return false;
      throw error;
    }
  }
}
