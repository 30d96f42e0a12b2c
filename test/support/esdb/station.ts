// test support: what the services of one node know.
import type { Metadata } from '@grpc/grpc-js';
import type { Faults, Silenced } from './faults.js';
import type { Address } from './refusals.js';
import type { WireLog } from './wire-log.js';

/** In what servers of this protocol differ. */
export interface Habits {
  /** An append with more bytes is refused. */
  readonly maxAppendBytes: number;
  /** Events read from a stream tell their position, as since 22.10. */
  readonly positionsInStreamReads: boolean;
  /** The answer to an append that was written before tells the position. */
  readonly positionsInRepeats: boolean;
  /** A follower hands a write on to the leader, unless the client asks for the leader itself. */
  readonly followersForward: boolean;
}

export interface Member extends Address {
  readonly id: string;
  readonly alive: boolean;
  readonly leads: boolean;
}

export interface Station {
  readonly log: WireLog;
  readonly faults: Faults;
  readonly habits: Habits;
  readonly address: Address;
  /** Those that are open at this node, each as the way to drop it. */
  readonly subscriptions: Set<() => void>;
  members(): readonly Member[];
}

export const leaderOf = (station: Station) => station.members().find(({ alive, leads }) => alive && leads);

export const leads = (station: Station) => leaderOf(station)?.port === station.address.port;

export const asksForLeader = (metadata: Metadata) => metadata.get('requires-leader').includes('true');

/** Whether such a call is left without an answer. */
export const silencedFor = (of: Silenced) => (silenced: Silenced) => silenced === 'everything' || silenced === of;
