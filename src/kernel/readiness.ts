// kernel: whether the house may serve, and how far it is while it may not.

/** Long work before serving: what is done, and how many of how many events; `of` is 0 while nobody knows. */
export interface Rebuilding {
  readonly what: string;
  readonly events: number;
  readonly of: number;
}

/** A house begins as not ready; whoever prepares it says how far it is, and when it is ready. */
export class Readiness {
  private work: Rebuilding | undefined = { what: 'starting', events: 0, of: 0 };

  begin(what: string): void {
    this.work = { what, events: 0, of: 0 };
  }

  /** Tells how far the work is; says nothing about a house that is ready. */
  progress(events: number, of: number): void {
    if (this.work) this.work = { what: this.work.what, events, of };
  }

  ready(): void {
    this.work = undefined;
  }

  get state(): 'rebuilding' | 'ready' {
    return this.work ? 'rebuilding' : 'ready';
  }

  /** The work that is not done yet; undefined when ready. */
  get rebuilding(): Rebuilding | undefined {
    return this.work;
  }

  /** From 0 to 1; 1 when ready. */
  get share(): number {
    if (!this.work) return 1;
    return this.work.of > 0 ? Math.min(1, this.work.events / this.work.of) : 0;
  }
}
