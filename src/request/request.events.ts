// request: what recipients ask for. These names and shapes are the storage format.
import type { PackUsed } from '../goods-ledger/packs.js';
import type { Documented } from '../kernel/documented.js';
import type { Shapes } from '../kernel/shapes.js';

/** A stated need, in base units. */
export interface RequestRecorded {
  readonly type: 'RequestRecorded';
  readonly data: Documented & {
    readonly request: string;
    /** ISO 3166-1 alpha-2. */
    readonly country: string;
    readonly requester?: string;
    readonly item: string;
    readonly quantity: number;
    readonly pack?: PackUsed;
    /** ISO date. */
    readonly neededBy: string;
  };
}

/** The need is over, or was never one. */
export interface RequestWithdrawn {
  readonly type: 'RequestWithdrawn';
  readonly data: Documented & { readonly request: string };
}

export type RequestFact = RequestRecorded | RequestWithdrawn;

export const requestShapes: Shapes<RequestFact> = { RequestRecorded: [], RequestWithdrawn: [] };
