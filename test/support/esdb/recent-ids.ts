// test support: the events written last, by their ids. Those before are forgotten.
import type { WireEvent } from './wire-event.js';

export class RecentIds {
  private readonly events = new Map<string, WireEvent>();
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  remember(event: WireEvent): void {
    this.events.delete(event.id);
    this.events.set(event.id, event);
    for (const id of this.events.keys()) {
      if (this.events.size <= this.size) break;
      this.events.delete(id);
    }
  }

  find(id: string): WireEvent | undefined {
    return this.events.get(id);
  }
}
