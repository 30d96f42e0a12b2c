// store: wakes whoever follows the log, whichever node appended; a subscription that ends is taken up again.
import { excludeSystemEvents, START, type AllStreamSubscription, type EventStoreDBClient } from '@eventstore/db-client';
import { ExponentialBackoff, type IBackoff } from 'cockatiel';
import { isHousekeeping, positionOf } from './entries.js';

/** A connection can die without a word; after so long without news, whoever follows looks for themselves. */
const SILENCE_MS = 5_000;
const DELAYS = new ExponentialBackoff({ initialDelay: 100, maxDelay: 10_000 });

/**
 * A catch-up subscription on `$all` without the server's own events. It carries no facts: whoever is woken reads behind
 * their own checkpoint. So a subscription that is dropped, ends, or delivers an event twice can delay a wake-up, and
 * can never lose or double a fact.
 */
export class Alarm {
  private subscription: AllStreamSubscription | undefined;
  private subscribedWith: EventStoreDBClient | undefined;
  private readonly silence: NodeJS.Timeout;
  private delay: IBackoff<unknown> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly client: () => EventStoreDBClient,
    private readonly wake: () => void,
    /** Events at or before it were seen. */
    private seen: number,
  ) {
    this.subscribe();
    this.silence = setInterval(() => this.look(), SILENCE_MS).unref();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.silence);
    clearTimeout(this.timer);
    this.subscription?.unsubscribe().catch(() => undefined);
  }

  private subscribe(): void {
    const from = BigInt(this.seen);
    this.subscribedWith = this.client();
    const subscription = this.subscribedWith.subscribeToAll({
      fromPosition: this.seen > 0 ? { commit: from, prepare: from } : START,
      filter: excludeSystemEvents(),
    });
    this.subscription = subscription;
    subscription.on('data', ({ event }) => {
      if (!event) return;
      const position = positionOf(event);
      if (position <= this.seen) return;
      this.seen = position;
      this.delay = undefined;
      if (!isHousekeeping(event.streamId)) this.wake();
    });
    // The server may end a call without an error; to us that is a drop like any other.
    for (const drop of ['error', 'end', 'close'] as const) subscription.on(drop, () => this.again(subscription));
  }

  /** A client that was given up took its subscription with it, and said nothing. */
  private look(): void {
    this.wake();
    if (this.subscription && this.subscribedWith !== this.client()) this.again(this.subscription);
  }

  private again(dropped: AllStreamSubscription): void {
    if (this.stopped || this.subscription !== dropped) return;
    this.subscription = undefined;
    dropped.unsubscribe().catch(() => undefined);
    this.delay = this.delay ? this.delay.next(undefined) : DELAYS.next();
    this.timer = setTimeout(() => this.subscribe(), this.delay.duration).unref();
  }
}
