// hub: what is decided about stock. These names and shapes are the storage format.
import type { Destination } from '../goods-ledger/destination.js';
import type { Documented } from '../kernel/command.js';
import type { Shapes } from '../kernel/shapes.js';

/** Pieces of one donation and lot that change their earmark; `lot` is empty while none is known. */
export interface EarmarkedLine {
  readonly item: string;
  readonly donation: string;
  readonly lot: string;
  readonly quantity: number;
  readonly from: Destination;
  readonly to: Destination;
}

export interface StockAllocated {
  readonly type: 'StockAllocated';
  readonly data: Documented & { readonly hub: string; readonly lines: readonly EarmarkedLine[] };
}

export interface AllocationReleased {
  readonly type: 'AllocationReleased';
  readonly data: Documented & { readonly hub: string; readonly lines: readonly EarmarkedLine[] };
}

export type HubFact = StockAllocated | AllocationReleased;

export const hubShapes: Shapes<HubFact> = { StockAllocated: [], AllocationReleased: [] };
