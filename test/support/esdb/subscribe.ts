// test support: a subscription: confirmed, then the history, then caught up, then what is written from now on.
import { randomUUID } from 'node:crypto';
import { begin } from './cursor.js';
import { delivered } from './deliver.js';
import { caughtUp, checkpoint, confirmation } from './messages.js';
import type { Outlet } from './outlet.js';
import type { Question } from './question.js';
import { unavailable } from './refusals.js';
import type { Station } from './station.js';
import type { WireEvent } from './wire-event.js';

export async function subscribe(station: Station, question: Question, outlet: Outlet): Promise<void> {
  const drop = () => outlet.fail(unavailable('The subscription was dropped.'));
  station.subscriptions.add(drop);
  try {
    await new Subscription(station, question, outlet).run();
  } finally {
    station.subscriptions.delete(drop);
  }
}

class Subscription {
  private readonly station: Station;
  private readonly question: Question;
  private readonly outlet: Outlet;
  private readonly events: readonly WireEvent[];
  private index: number;
  private sent = 0;
  private lookedAt = 0;
  private live = false;

  constructor(station: Station, question: Question, outlet: Outlet) {
    this.station = station;
    this.question = question;
    this.outlet = outlet;
    const { log, faults } = station;
    this.events = question.stream === undefined ? log.all() : log.stream(question.stream);
    const back = faults.spots.repeatedEvents.strike()?.events ?? 0;
    this.index = this.wantedBefore(begin(this.events, question), back);
  }

  async run(): Promise<void> {
    const { outlet, station, question } = this;
    await outlet.send(confirmation(randomUUID()));
    if (question.filter && station.faults.spots.checkpointAhead.strike()) {
      await outlet.send(checkpoint(this.events.at(-1)!.position));
    }
    while (!outlet.closed.aborted) {
      if (this.drops()) return;
      if (this.index < this.events.length) await this.passOn(this.events[this.index++]!);
      else if (this.live) await this.somethingHappens();
      else await this.goLive();
    }
  }

  private async passOn(event: WireEvent): Promise<void> {
    const { filter } = this.question;
    this.lookedAt++;
    if (!filter || filter.wants(event)) {
      await delivered(this.station, this.question, event, this.outlet);
      this.sent++;
    }
    if (filter && this.lookedAt % filter.checkpointEvery === 0) await this.outlet.send(checkpoint(event.position));
  }

  private async goLive(): Promise<void> {
    this.live = true;
    const last = this.events[this.index - 1];
    if (this.question.filter && this.lookedAt > 0) await this.outlet.send(checkpoint(last!.position));
    await this.outlet.send(caughtUp());
  }

  /** The log has grown, a fault was armed, or the reader has gone. */
  private async somethingHappens(): Promise<void> {
    const { log, faults } = this.station;
    const woken = new AbortController();
    const until = AbortSignal.any([woken.signal, this.outlet.closed]);
    await Promise.race([log.grown.next(until), faults.spots.droppedSubscription.changed.next(until)]);
    woken.abort();
  }

  private drops(): boolean {
    const dropped = this.station.faults.spots.droppedSubscription.strike(({ after }) => this.sent >= after);
    if (dropped?.how === 'error') this.outlet.fail(unavailable('The subscription was dropped.'));
    if (dropped?.how === 'end') this.outlet.end();
    return dropped !== undefined;
  }

  /** The place from which so many wanted events lie in front of the index. */
  private wantedBefore(index: number, count: number): number {
    const { filter } = this.question;
    let found = 0;
    let place = Math.min(index, this.events.length);
    if (count === 0) return index;
    while (place > 0 && found < count) {
      place--;
      if (!filter || filter.wants(this.events[place]!)) found++;
    }
    return place;
  }
}
