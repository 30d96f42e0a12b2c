// kernel: where streams stood last, so that a command need not read a stream that this process wrote itself.

/** A stream as far as it is known: somebody else may have written more, which only an append finds out. */
export interface Standing {
  /** Of its last fact. */
  readonly version: number;
  readonly position: number;
  /** What its facts make. */
  readonly state: unknown;
  /** The ids of all commands that made them. */
  readonly commands: Set<string>;
}

/** Command ids remembered at a time, those of all streams together. */
const COMMANDS_MAX = 200_000;

/** What a state takes, in command ids: ten thousand bytes, most of them its holdings and documents. */
const STATE = 100;

/** Streams by name; those that were used longest ago are forgotten first. */
export class Remembered {
  private readonly streams = new Map<string, { readonly standing: Standing; readonly weight: number }>();
  private weight = 0;

  constructor(private readonly most = COMMANDS_MAX) {}

  get(stream: string): Standing | undefined {
    return this.streams.get(stream)?.standing;
  }

  keep(stream: string, standing: Standing): void {
    this.forget(stream);
    // A state weighs something too, however few commands made it.
    const weight = STATE + standing.commands.size;
    this.streams.set(stream, { standing, weight });
    this.weight += weight;
    for (const oldest of this.streams.keys()) {
      if (this.weight <= this.most) return;
      this.forget(oldest);
    }
  }

  forget(stream: string): void {
    this.weight -= this.streams.get(stream)?.weight ?? 0;
    this.streams.delete(stream);
  }
}
