// test support: real clients of a test server, and what they receive.
import {
  EventStoreDBClient,
  jsonEvent,
  type AllStreamSubscription,
  type StreamSubscription,
} from '@eventstore/db-client';
import { setTimeout as wait } from 'node:timers/promises';

/** Credentials make the client append one by one instead of in batches; without TLS they are not sent. */
export const ONE_BY_ONE = { credentials: { username: 'admin', password: 'changeit' } };

const ids = (first: number) => `00000000-0000-4000-8000-${String(first).padStart(12, '0')}`;

/** Events with these numbers in their ids and data. */
export const numbered = (...numbers: number[]) =>
  numbers.map((number) => jsonEvent({ id: ids(number), type: 'counted', data: { number } }));

export class Clients {
  private readonly open: EventStoreDBClient[] = [];

  connect(connectionString: string): EventStoreDBClient {
    const client = EventStoreDBClient.connectionString(connectionString);
    this.open.push(client);
    return client;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.open.splice(0).map((client) => client.dispose()));
  }
}

interface Resolved {
  readonly event?: { readonly data: unknown; readonly type: string };
}

/** The numbers of numbered events, the server's own events left out. */
export const numbersOf = (resolved: readonly Resolved[]) =>
  resolved.flatMap(({ event }) =>
    event && !event.type.startsWith('$') ? [(event.data as { number: number }).number] : [],
  );

export async function read<E>(stream: AsyncIterable<E>): Promise<E[]> {
  const found: E[] = [];
  for await (const event of stream) found.push(event);
  return found;
}

/** What a subscription was given so far, in its order. */
export class Received {
  readonly events: Resolved[] = [];
  /** `confirmed`, each number, `caught up`, `ended`, or the type of the error. */
  readonly story: (string | number)[] = [];

  constructor(subscription: AllStreamSubscription | StreamSubscription) {
    subscription.on('confirmation', () => this.story.push('confirmed'));
    subscription.on('caughtUp', () => this.story.push('caught up'));
    subscription.on('data', (resolved: Resolved) => {
      this.events.push(resolved);
      this.story.push(...numbersOf([resolved]));
    });
    subscription.on('end', () => this.story.push('ended'));
    subscription.on('error', (error: Error & { type?: string }) => this.story.push(error.type ?? error.message));
  }

  async until(last: string | number): Promise<(string | number)[]> {
    await until(() => this.story.includes(last));
    return this.story;
  }
}

const PATIENCE_MS = 10_000;

/** @throws Error when it does not come to hold in ten seconds */
export async function until(holds: () => boolean): Promise<void> {
  const givenUp = AbortSignal.timeout(PATIENCE_MS);
  while (!holds()) {
    if (givenUp.aborted) throw new Error(`Waited ${PATIENCE_MS} ms in vain for ${String(holds)}.`);
    await wait(5);
  }
}

/** Notes what becomes of a promise that may never be kept. */
export function watched<T>(promise: Promise<T>): { readonly promise: Promise<T>; settled: boolean } {
  const watch = { promise, settled: false };
  const settle = () => void (watch.settled = true);
  promise.then(settle, settle);
  return watch;
}
