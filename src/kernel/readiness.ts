// kernel: whether the house may serve, and how far its long work is.

/** Long work: how far in the log it is, and where it has to get; `of` is 0 while nobody knows. */
export interface LongWork {
  readonly what: string;
  readonly position: number;
  readonly of: number;
  /** True when everybody is served meanwhile. */
  readonly served: boolean;
}

/** A house begins as not ready; whoever prepares it says how far it is, and when it is ready. */
export class Readiness {
  private current: LongWork | undefined = { what: 'starting', position: 0, of: 0, served: false };

  begin(what: string, { served }: { readonly served: boolean } = { served: false }): void {
    this.current = { what, position: 0, of: 0, served };
  }

  /** Tells how far the work is; says nothing about a house without any. */
  progress(position: number, of: number): void {
    if (this.current) this.current = { ...this.current, position, of };
  }

  /** The work is done. */
  ready(): void {
    this.current = undefined;
  }

  get state(): 'rebuilding' | 'ready' {
    return this.current && !this.current.served ? 'rebuilding' : 'ready';
  }

  /** The work that is not done yet. */
  get work(): LongWork | undefined {
    return this.current;
  }

  /** From 0 to 1; 1 when nothing is left to do. */
  get share(): number {
    if (!this.current) return 1;
    return this.current.of > 0 ? Math.min(1, this.current.position / this.current.of) : 0;
  }
}

/** Where long work stands, in words: "rebuilding the reports, 43 % of the log". */
export function inWords({ what, position, of }: LongWork): string {
  return of > 0 ? `${what}, ${Math.floor((100 * position) / of)} % of the log` : what;
}
