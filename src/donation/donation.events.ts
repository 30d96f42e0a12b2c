// donation: what is said of a donor's gift. These names and shapes are the storage format.
import type { PackUsed } from '../goods-ledger/packs.js';
import type { Destination } from '../goods-ledger/destination.js';
import type { Shapes } from '../kernel/shapes.js';
import type { Documented } from '../kernel/documented.js';

/** Quantity in base units of the item, for one destination. */
export interface PledgeLine {
  readonly item: string;
  readonly quantity: number;
  readonly destination: Destination;
  readonly pack?: PackUsed;
}

/** A donor announced a gift; no lines when no figures were announced. */
export interface DonationPledged {
  readonly type: 'DonationPledged';
  readonly data: Documented & {
    readonly donation: string;
    readonly donor: string;
    readonly lines: readonly PledgeLine[];
  };
}

/** The pledge as it stands from now on: these lines replace the earlier ones. */
export interface PledgeAmended {
  readonly type: 'PledgeAmended';
  readonly data: Documented & { readonly donation: string; readonly lines: readonly PledgeLine[] };
}

export interface PledgeCancelled {
  readonly type: 'PledgeCancelled';
  readonly data: Documented & { readonly donation: string };
}

export type DonationFact = DonationPledged | PledgeAmended | PledgeCancelled;

export const donationShapes: Shapes<DonationFact> = { DonationPledged: [], PledgeAmended: [], PledgeCancelled: [] };
