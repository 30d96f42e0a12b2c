// kernel: one at a time for the same key, side by side for different ones.

/** What work knows of its own turn. */
export interface Turn {
  /** Throws `Unavailable` when somebody else may have the turn by now: to be asked right before an append. */
  demand(): void;
}

/** Who may work now, among everybody who writes to one log. */
export interface TurnTaking {
  /** Runs `work` after every earlier work of the same key, whether that succeeded or not. */
  take<T>(key: string, work: (turn: Turn) => Promise<T>): Promise<T>;
}

const MINE: Turn = { demand: () => undefined };

/** Turns within one process, which nobody can lose. */
export class Turns implements TurnTaking {
  private readonly last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, work: (turn: Turn) => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    const go = () => work(MINE);
    const mine = before ? before.then(go, go) : go();
    this.last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }
}
