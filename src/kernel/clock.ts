// kernel: the only place that reads the machine's clock.

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
