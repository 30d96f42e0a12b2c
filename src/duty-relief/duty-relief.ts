// duty relief: what Decision (EU) 2020/491 asks member states to report, clearance by clearance; pure.
import { grouped } from '../kernel/quantity.js';
import type { Cleared } from './clearances.js';
import type { HandedTo } from './handed-to.js';

export interface DutyReliefRow {
  /** Of the customs office: ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly place: string;
  /** When customs released the goods. */
  readonly cleared: string;
  readonly consignment: string;
  readonly item: string;
  /** What the goods are. */
  readonly nature: string;
  readonly unit: string;
  /** Base units; null where another clearance of the same consignment and country shows them. */
  readonly quantity: number | null;
  /** True when a complete count says how many, else the dispatch does. */
  readonly counted: boolean;
  readonly hsCode: string | null;
  readonly hsEdition: string | null;
  readonly hsAuthority: string | null;
  readonly reliefBasis: string | null;
  readonly procedure: string | null;
  readonly mrn: string | null;
  /** True when the check digit does not fit. */
  readonly mrnDoubtful: boolean;
  readonly grns: readonly string[];
  readonly exportAuthorisation: string | null;
  /** Who got the goods, as far as they are delivered. */
  readonly organisations: readonly Organisation[];
  /** Whom the goods are for that are not delivered yet. */
  readonly destinations: readonly string[];
}

export interface Organisation {
  readonly organisation: string;
  readonly name: string;
  readonly country: string;
  readonly quantity: number;
}

/** What registered things are called. */
export interface Names {
  readonly countryOf: (place: string) => string;
  readonly item: (item: string) => { readonly name: string; readonly unit: string } | undefined;
  readonly organisation: (organisation: string) => string;
}

export function dutyReliefRow(cleared: Cleared, { recipients, destinations }: HandedTo, names: Names): DutyReliefRow {
  const { place, happenedAt, consignment, item, quantity, counted, hs, mrnDoubtful, grns } = cleared;
  const described = names.item(item);
  return {
    ...{ country: names.countryOf(place), place, cleared: happenedAt, consignment, item },
    ...{ nature: described?.name ?? '', unit: described?.unit ?? '', quantity: quantity ?? null, counted },
    ...{ hsCode: hs?.code ?? null, hsEdition: hs?.edition ?? null, hsAuthority: hs?.authority ?? null },
    ...{ reliefBasis: cleared.reliefBasis ?? null, procedure: cleared.procedure ?? null },
    ...{ mrn: cleared.mrn ?? null, mrnDoubtful, grns, exportAuthorisation: cleared.exportAuthorisation ?? null },
    organisations: recipients.map((recipient) => ({ ...recipient, name: names.organisation(recipient.organisation) })),
    destinations,
  };
}

/** Who got the goods and whom the rest is for, in words. */
export function receiversOf({ organisations, destinations }: DutyReliefRow): string {
  const got = organisations.map(({ name, country, quantity }) => `${name} (${country}) ${grouped(quantity)}`);
  const waiting = destinations.length > 0 ? [`not delivered: for ${destinations.join(', ')}`] : [];
  return [...got, ...waiting].join('; ');
}

/** What the authorities will ask for. */
export function gapsIn(rows: readonly DutyReliefRow[]): string[] {
  const count = (lacks: (row: DutyReliefRow) => boolean, what: string) => {
    const consignments = new Set(rows.filter(lacks).map(({ consignment }) => consignment));
    return consignments.size > 0 ? [`${what}: ${[...consignments].join(', ')}.`] : [];
  };
  return [
    ...count(({ reliefBasis }) => !reliefBasis, 'No relief basis is recorded for'),
    ...count(({ hsCode }) => !hsCode, 'No HS code is recorded for goods of'),
    ...count(({ mrn }) => !mrn, 'No MRN is recorded for'),
    ...count(({ mrnDoubtful }) => mrnDoubtful, 'The check digit of the MRN does not fit (marked ?)'),
    ...count(({ quantity }) => quantity === null, 'Cleared more than once, counted once'),
  ];
}
