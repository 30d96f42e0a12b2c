// lot: the rules of stopping a lot. free → held ⇄ recalled → free
import { documented } from '../kernel/documented.js';
import type { Decider } from '../kernel/decider.js';
import { Refused } from '../kernel/errors.js';
import type { HoldLot, RecallLot, ReleaseLot } from './lot.commands.js';
import type { LotFact } from './lot.events.js';

export type LotStatus = 'free' | 'held' | 'recalled';

export interface Lot {
  readonly status: LotStatus;
  readonly reason: string;
}

export const lot: Decider<Lot, LotFact> = {
  initial: { status: 'free', reason: '' },
  evolve(_state, fact) {
    switch (fact.type) {
      case 'LotHeld':
        return { status: 'held', reason: fact.data.reason };
      case 'LotRecalled':
        return { status: 'recalled', reason: fact.data.reason };
      case 'LotReleased':
        return { status: 'free', reason: '' };
      default:
        return fact satisfies never;
    }
  },
};

// Decisions

export function hold({ item, lot, reason, ...command }: HoldLot, { status }: Lot): LotFact[] {
  if (status === 'held') return [];
  if (status === 'recalled') {
    throw new Refused(
      'LOT_RECALLED',
      `Lot ${lot} of ${item} is recalled, which is more than a hold. Release it first.`,
    );
  }
  return [{ type: 'LotHeld', data: { item, lot, reason, ...documented(command) } }];
}

export function recall({ item, lot, reason, ...command }: RecallLot, { status }: Lot): LotFact[] {
  return status === 'recalled' ? [] : [{ type: 'LotRecalled', data: { item, lot, reason, ...documented(command) } }];
}

export function release({ item, lot, ...command }: ReleaseLot, { status }: Lot): LotFact[] {
  return status === 'free' ? [] : [{ type: 'LotReleased', data: { item, lot, ...documented(command) } }];
}
