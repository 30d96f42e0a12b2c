// test support: what wakes those who wait.

export class Signal {
  private readonly waiting = new Set<() => void>();

  raise(): void {
    for (const wake of [...this.waiting]) wake();
  }

  /** Comes back when the signal is raised next, or once the waiting is to end. */
  next(until: AbortSignal): Promise<void> {
    if (until.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.waiting.delete(wake);
        until.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      until.addEventListener('abort', wake);
    });
  }
}
