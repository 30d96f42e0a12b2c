// goods ledger: stock that may leave, and stock that must not; pure.
import type { Holding } from './account.js';

/** Why pieces of a holding must not leave the hub. */
export interface Hold {
  readonly by: 'lot' | 'customs';
  /** The lot, or the consignment that came with them. */
  readonly what: string;
  readonly reason: string;
  readonly quantity: number;
}

export interface StockLine extends Holding {
  readonly holds: readonly Hold[];
}

/** Pieces of a line that nothing stops. */
export function free({ quantity, holds }: StockLine): number {
  const stopped = holds.reduce((sum, hold) => sum + hold.quantity, 0);
  return Math.max(0, quantity - stopped);
}
