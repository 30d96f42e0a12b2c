// bench: what is measured, and how many times.

/** How many times fewer appends a peer gets where a flush is slow. */
const SLOW_SHARE = 4;

/** One trial's numbers by name. */
export type Figures = Readonly<Record<string, number>>;

export interface Sizes {
  /** In the log that rebuilds and reports are measured on. */
  readonly events: number;
  /** Appended by one writer after the other. */
  readonly sequential: number;
  /** Appended by many writers together. */
  readonly concurrent: number;
  /** Appended in bulk. */
  readonly bulk: number;
  /** Appended and projected by a peer, whose rate does not depend on it. */
  readonly peers: number;
  /** Commands given to the clerk by one caller; many callers give four times as many. */
  readonly commands: number;
  /** Lines of the logbook, organisations and pledges left out. */
  readonly rows: number;
  /** Length of one load test. */
  readonly httpSeconds: number;
  /** Length of the load test with more requests than can be answered. */
  readonly overloadSeconds: number;
  /** For how long one report is asked, again and again. */
  readonly askingSeconds: number;
}

export interface Setting extends Sizes {
  readonly seed: number;
  /** Empty and this trial's own; removed afterwards. */
  readonly folder: string;
  /** The data folder of the seeded log; a trial leaves its events.db as it is. */
  readonly history: string;
  /** How many milliseconds a flush takes longer than the disk makes it; 0 for the disk as it is. */
  readonly flushMs: number;
}

/** Where a flush is slow, a peer that flushes for each append gets fewer of them. */
export function flushSizes({ peers }: Sizes, flushMs: number): { readonly peers: number } {
  return { peers: flushMs > 0 ? Math.ceil(peers / SLOW_SHARE) : peers };
}

/** Measures once, in a process of its own. Throws when a result is wrong. */
export type Trial = (setting: Setting) => Promise<Figures>;

/** The middle of several runs, with the extremes. */
export interface Measured {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

export function measured(values: readonly number[]): Measured {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), min: sorted[0]!, max: sorted.at(-1)!, runs: sorted.length };
}

/** Of values sorted upwards. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

/** How long `work` takes, in seconds. */
export async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** What the process held in memory at its worst, in MiB. */
export function peakMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}
