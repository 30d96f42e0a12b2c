// consignment: what is said at a border. These names and shapes are the storage format.
import type { Documented } from '../kernel/documented.js';

/** How an item is classified; the same goods carry other codes in other editions and countries. */
export interface Classification {
  readonly item: string;
  readonly hs: {
    /** Harmonized System code, 4 to 10 digits without dots. */
    readonly code: string;
    /** For example HS2017. */
    readonly edition: string;
    /** Whose tariff, for example EU or BE. */
    readonly authority: string;
  };
}

interface AtCustoms extends Documented {
  readonly consignment: string;
  readonly place: string;
  /** Movement reference number of the declaration. */
  readonly mrn?: string;
  /** Fields whose check digit does not fit. */
  readonly doubtful?: readonly string[];
}

interface Declared extends AtCustoms {
  /** UCC phase 5 letter, for example R for import. */
  readonly procedure?: string;
  /** Ground of duty relief, for example Decision (EU) 2020/491. */
  readonly reliefBasis?: string;
  /** Number of the export authorisation, where one was needed. */
  readonly exportAuthorisation?: string;
  readonly goods: readonly Classification[];
}

export interface CustomsEntryLodged {
  readonly type: 'CustomsEntryLodged';
  readonly data: Declared;
}

/** The goods must not move until they are cleared. */
export interface CustomsHeld {
  readonly type: 'CustomsHeld';
  readonly data: AtCustoms & { readonly reason: string };
}

export interface CustomsCleared {
  readonly type: 'CustomsCleared';
  readonly data: Declared;
}

/** The goods may not enter. */
export interface CustomsRefused {
  readonly type: 'CustomsRefused';
  readonly data: AtCustoms & { readonly reason: string };
}

export type CustomsFact = CustomsEntryLodged | CustomsHeld | CustomsCleared | CustomsRefused;
