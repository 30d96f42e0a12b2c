// hub: what is decided about stock. These names and shapes are the storage format.
import type { PackUsed } from '../goods-ledger/packs.js';
import type { Destination } from '../goods-ledger/destination.js';
import type { Documented } from '../kernel/documented.js';
import type { Shapes } from '../kernel/shapes.js';

/** Pieces of one donation and lot that change their earmark; `lot` is empty while none is known. */
export interface EarmarkedLine {
  readonly item: string;
  readonly donation: string;
  readonly lot: string;
  readonly quantity: number;
  readonly from: Destination;
  readonly to: Destination;
  readonly pack?: PackUsed;
}

export interface StockAllocated {
  readonly type: 'StockAllocated';
  readonly data: Documented & { readonly hub: string; readonly lines: readonly EarmarkedLine[] };
}

export interface AllocationReleased {
  readonly type: 'AllocationReleased';
  readonly data: Documented & { readonly hub: string; readonly lines: readonly EarmarkedLine[] };
}

/** What lay there by the books and by the count, one line for each earmark. */
export interface CountedLine {
  readonly item: string;
  readonly donation: string;
  readonly lot: string;
  readonly destination: Destination;
  readonly book: number;
  readonly counted: number;
  readonly pack?: PackUsed;
}

/** A stocktake; each difference is open until somebody explains it. */
export interface StockCounted {
  readonly type: 'StockCounted';
  readonly data: Documented & {
    readonly hub: string;
    readonly countedBy?: string;
    readonly lines: readonly CountedLine[];
  };
}

/** Where written-off goods were: in stock, set apart as damaged, or missing since a count. */
export const WRITE_OFF_SOURCES = ['stock', 'damaged', 'unexplained'] as const;
export type WriteOffSource = (typeof WRITE_OFF_SOURCES)[number];

export const WRITE_OFF_CAUSES = ['lost', 'stolen', 'destroyed', 'expired', 'damaged'] as const;
export type WriteOffCause = (typeof WRITE_OFF_CAUSES)[number];

export interface WrittenOffLine {
  readonly item: string;
  readonly donation: string;
  readonly lot: string;
  readonly destination: Destination;
  readonly quantity: number;
  readonly pack?: PackUsed;
}

export interface StockWrittenOff {
  readonly type: 'StockWrittenOff';
  readonly data: Documented & {
    readonly hub: string;
    readonly outOf: WriteOffSource;
    readonly cause: WriteOffCause;
    readonly lines: readonly WrittenOffLine[];
  };
}

export type HubFact = StockAllocated | AllocationReleased | StockCounted | StockWrittenOff;

export const hubShapes: Shapes<HubFact> = {
  StockAllocated: [],
  AllocationReleased: [],
  StockCounted: [],
  StockWrittenOff: [],
};
