// consignment: what is said of goods under way. These names and shapes are the storage format.
import type { CustomsFact } from './customs.events.js';
import type { PackUsed } from '../goods-ledger/packs.js';
import type { Destination } from '../goods-ledger/destination.js';
import type { Documented } from '../kernel/documented.js';
import type { Shapes } from '../kernel/shapes.js';

/** What a line may say of its goods beside how many. */
export interface LineDetails {
  readonly pack?: PackUsed;
  /** Last day of use, ISO date. */
  readonly expiry?: string;
  /** Serial numbers of single pieces, such as ventilators. */
  readonly serials?: readonly string[];
}

/** Quantity in base units; `lot` is empty while none is known. */
export interface GoodsLine extends LineDetails {
  readonly item: string;
  readonly donation: string;
  readonly lot: string;
  readonly quantity: number;
}

/** `destination`: whom these goods are for. `earmark`: from which earmark of the hub's stock they were taken. */
export interface DispatchedLine extends GoodsLine {
  readonly destination: Destination;
  readonly earmark?: Destination;
}

/** A photo or scan that is kept beside the log. */
export interface Attachment {
  /** SHA-256 of its bytes, 64 hex digits. */
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** Fields whose check digit does not fit: a warning for the reader, nothing more. */
export interface Doubtful {
  readonly doubtful?: readonly string[];
}

/** A field fact that the books did not agree with when it was recorded. */
export interface Contradicting {
  readonly contradiction?: 'confirmed';
}

export const TRANSPORT_MODES = ['air', 'road', 'sea', 'rail'] as const;
export type TransportMode = (typeof TRANSPORT_MODES)[number];

export interface Transport {
  readonly mode?: TransportMode;
  readonly carrier?: string;
  /** Flight number or vehicle plate. */
  readonly vehicle?: string;
  /** Number of the waybill: AWB, CMR or bill of lading. */
  readonly waybill?: string;
  readonly eta?: string;
  readonly seals?: readonly string[];
  /** ISO 6346 numbers. */
  readonly containers?: readonly string[];
}

export interface ConsignmentDispatched {
  readonly type: 'ConsignmentDispatched';
  readonly data: Documented &
    Doubtful & {
      readonly consignment: string;
      readonly from: string;
      /** True when the goods leave the stock of a hub; else they come from the donor. */
      readonly fromHub: boolean;
      readonly to: string;
      /** Of the place it goes to: ISO 3166-1 alpha-2. */
      readonly country: string;
      readonly transport: Transport;
      readonly lines: readonly DispatchedLine[];
    };
}

/** At a place, not yet counted. */
export interface ConsignmentArrived {
  readonly type: 'ConsignmentArrived';
  readonly data: Documented & { readonly consignment: string; readonly place: string };
}

export interface ReceivedLine extends Omit<GoodsLine, 'quantity'> {
  readonly good: number;
  readonly damaged: number;
}

/** Counted at a hub; `complete` says that nothing more of this consignment is expected. */
export interface GoodsReceived {
  readonly type: 'GoodsReceived';
  readonly data: Documented &
    Contradicting & {
      readonly consignment: string;
      readonly hub: string;
      readonly grn?: string;
      readonly complete: boolean;
      /** The role that counted, not a name. */
      readonly countedBy?: string;
      readonly attachments?: readonly Attachment[];
      readonly lines: readonly ReceivedLine[];
    };
}

export const REJECTION_CAUSES = ['damaged', 'expired', 'wrong item', 'quality', 'refused', 'other'] as const;
export type RejectionCause = (typeof REJECTION_CAUSES)[number];

export interface DeliveredLine extends Omit<GoodsLine, 'quantity'> {
  readonly accepted: number;
  readonly rejected: number;
  readonly cause?: RejectionCause;
}

/** Handed to a recipient; `confirmed` when a signed proof of delivery is at hand, else only `reported`. */
export interface GoodsDelivered {
  readonly type: 'GoodsDelivered';
  readonly data: Documented &
    Contradicting & {
      readonly consignment: string;
      readonly country: string;
      readonly recipient: string;
      readonly proof: 'reported' | 'confirmed';
      readonly pod?: string;
      /** Reference of a person in the erasable person store, never a name. */
      readonly signedBy?: string;
      readonly attachments?: readonly Attachment[];
      readonly lines: readonly DeliveredLine[];
    };
}

export const LOSS_CAUSES = ['lost', 'stolen', 'destroyed', 'expired', 'damaged', 'refused'] as const;
export type LossCause = (typeof LOSS_CAUSES)[number];

export interface GoodsLost {
  readonly type: 'GoodsLost';
  readonly data: Documented &
    Contradicting & { readonly consignment: string; readonly cause: LossCause; readonly lines: readonly GoodsLine[] };
}

/** Goods that were lost or missing re-appeared: at `hub`, or on the road when no hub is named. */
export interface GoodsFound {
  readonly type: 'GoodsFound';
  readonly data: Documented &
    Contradicting & { readonly consignment: string; readonly hub?: string; readonly lines: readonly GoodsLine[] };
}

/** Goods go back: into the stock of `hub`, or to the donor when no hub is named. */
export interface GoodsReturned {
  readonly type: 'GoodsReturned';
  readonly data: Documented &
    Contradicting & { readonly consignment: string; readonly hub?: string; readonly lines: readonly GoodsLine[] };
}

/** Nothing of it is open or unexplained. */
export interface ConsignmentClosed {
  readonly type: 'ConsignmentClosed';
  readonly data: Documented & { readonly consignment: string };
}

export type ConsignmentFact =
  | ConsignmentDispatched
  | ConsignmentArrived
  | GoodsReceived
  | GoodsDelivered
  | GoodsLost
  | GoodsFound
  | GoodsReturned
  | ConsignmentClosed
  | CustomsFact;

export const consignmentShapes: Shapes<ConsignmentFact> = {
  ConsignmentDispatched: [],
  ConsignmentArrived: [],
  GoodsReceived: [],
  GoodsDelivered: [],
  GoodsLost: [],
  GoodsFound: [],
  GoodsReturned: [],
  ConsignmentClosed: [],
  CustomsEntryLodged: [],
  CustomsHeld: [],
  CustomsCleared: [],
  CustomsRefused: [],
};
