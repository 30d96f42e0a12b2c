// kernel: one at a time for the same key, side by side for different ones.

export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` after every earlier work of the same key, whether that succeeded or not. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }
}
