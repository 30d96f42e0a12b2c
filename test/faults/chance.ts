// Chance for fault tests: the same seed gives the same moments and places again.

/** RELIEF_FAULT_SEED, or the one of every ordinary run. */
export const SEED = Number(process.env['RELIEF_FAULT_SEED'] ?? 20200316);

/** How many rounds a spec makes: so many in every ordinary run, RELIEF_FAULT_TIMES as many when somebody asks for more. */
export function roundsOf(ordinary: number): number {
  return Math.max(1, Math.ceil(ordinary * Number(process.env['RELIEF_FAULT_TIMES'] ?? 1)));
}

/** Says what is about to be played, so that a failure can be played again. */
export function announce(what: string, rounds: number): void {
  process.stderr.write(`${what}: ${rounds} rounds, RELIEF_FAULT_SEED=${SEED}\n`);
}

export class Chance {
  private state: number;

  /** Each use has a chance of its own, so that one more draw here changes nothing there. */
  constructor(use: string) {
    this.state = [...use].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, SEED >>> 0);
  }

  /** From 0 to 1. */
  next(): number {
    // A step of mulberry32: short, and good enough to pick moments.
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }
}
