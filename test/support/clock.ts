// test support: a clock that stands still until it is told to go on.
import type { Clock } from '../../src/kernel/clock.js';

export class FixedClock implements Clock {
  private time: number;

  constructor(at = '2020-03-31T12:00:00Z') {
    this.time = Date.parse(at);
  }

  now(): Date {
    return new Date(this.time);
  }

  /** Goes on, or back, by so many milliseconds. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
