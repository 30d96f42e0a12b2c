// test support: one place where something can go wrong, and how often it still shall.
import { Signal } from './signal.js';

export interface Times {
  /** So many calls are struck; `Infinity` until it is lifted. One unless said. */
  readonly times?: number;
}

/** A fault that was armed. */
export interface Fault {
  /** How often it struck. */
  readonly struck: number;
  lift(): void;
}

interface Armed<What> {
  readonly what: What;
  left: number;
  struck: number;
}

export class FaultSpot<What> {
  /** Raised when a fault is armed or lifted. */
  readonly changed = new Signal();
  private readonly armed: Armed<What>[] = [];

  arm(what: What, { times = 1 }: Times): Fault {
    const armed: Armed<What> = { what, left: times, struck: 0 };
    const { changed } = this;
    this.armed.push(armed);
    changed.raise();
    return {
      get struck() {
        return armed.struck;
      },
      lift() {
        armed.left = 0;
        changed.raise();
      },
    };
  }

  /** What goes wrong now, if anything does: of the faults that are due, the one armed first. */
  strike(due: (what: What) => boolean = () => true): What | undefined {
    const next = this.next(due);
    if (!next) return undefined;
    next.left--;
    next.struck++;
    return next.what;
  }

  /** Whether something would go wrong now. */
  waits(due: (what: What) => boolean = () => true): boolean {
    return this.next(due) !== undefined;
  }

  liftAll(): void {
    for (const armed of this.armed) armed.left = 0;
    this.changed.raise();
  }

  private next(due: (what: What) => boolean): Armed<What> | undefined {
    return this.armed.find(({ what, left }) => left > 0 && due(what));
  }
}
