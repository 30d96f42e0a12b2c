// nest: one record for two readers: how it stands, and the chain of entries that the auditor wants.
import { Inject, Injectable } from '@nestjs/common';
import { effective } from '../kernel/corrections.js';
import { fold, type Decider } from '../kernel/decider.js';
import { Unknown } from '../kernel/errors.js';
import type { Fact, Recorded } from '../kernel/recorded.js';
import { STORES, type Stores } from '../store/stores.js';

export interface RecordAnswer<State> {
  readonly id: string;
  readonly version: number;
  readonly state: State;
  /** Every entry, also the wrong ones; `stands` says which count. */
  readonly entries: readonly (Recorded & { readonly stands: boolean })[];
}

@Injectable()
export class Records {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** Throws `Unknown` for a record without entries. */
  async one<State, F extends Fact>(room: string, id: string, decider: Decider<State, F>): Promise<RecordAnswer<State>> {
    const history = (await this.stores.log.readStream(`${room}-${id}`)) as Recorded<F>[];
    if (history.length === 0) throw new Unknown(room, id);
    const standing = new Set(effective<F>(history).map((entry) => entry.id));
    return {
      ...{ id, version: history.at(-1)!.version, state: fold(decider, history) },
      entries: history.map((entry) => ({ ...entry, stands: standing.has(entry.id) })),
    };
  }
}
