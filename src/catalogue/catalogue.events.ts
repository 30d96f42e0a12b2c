// catalogue: what items, places and organisations are called. These names and shapes are the storage format.
import type { Documented } from '../kernel/documented.js';
import type { Shapes } from '../kernel/shapes.js';

export const CATALOGUE_KINDS = ['item', 'place', 'organisation', 'route'] as const;
export type CatalogueKind = (typeof CATALOGUE_KINDS)[number];

/** A pack the item comes in, and how many base units it holds. */
export interface Pack {
  readonly name: string;
  readonly holds: number;
}

export interface Item {
  readonly item: string;
  readonly name: string;
  /** The base unit: piece, set, pair, kit. */
  readonly unit: string;
  readonly packs: readonly Pack[];
}

export const PLACE_KINDS = ['country', 'hub', 'airport', 'port', 'warehouse', 'facility'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export interface Place {
  readonly place: string;
  readonly name: string;
  readonly kind: PlaceKind;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** UN M49 region, sub-region and intermediate region; only for countries. */
  readonly regions: readonly string[];
}

export interface Organisation {
  readonly organisation: string;
  readonly name: string;
  readonly country?: string;
}

/** How long a leg between two places may take. */
export interface Route {
  /** `FROM/TO`. */
  readonly route: string;
  readonly from: string;
  readonly to: string;
  readonly targetHours: number;
}

interface About<Type extends string, Thing> {
  readonly type: Type;
  readonly data: Documented & Thing;
}

export type ItemRegistered = About<'ItemRegistered', Item>;
export type ItemAmended = About<'ItemAmended', Item>;
export type PlaceRegistered = About<'PlaceRegistered', Place>;
export type PlaceAmended = About<'PlaceAmended', Place>;
export type OrganisationRegistered = About<'OrganisationRegistered', Organisation>;
export type OrganisationAmended = About<'OrganisationAmended', Organisation>;
export type RouteRegistered = About<'RouteRegistered', Route>;
export type RouteAmended = About<'RouteAmended', Route>;

export type CatalogueFact =
  | ItemRegistered
  | ItemAmended
  | PlaceRegistered
  | PlaceAmended
  | OrganisationRegistered
  | OrganisationAmended
  | RouteRegistered
  | RouteAmended;

export const catalogueShapes: Shapes<CatalogueFact> = {
  ItemRegistered: [],
  ItemAmended: [],
  PlaceRegistered: [],
  PlaceAmended: [],
  OrganisationRegistered: [],
  OrganisationAmended: [],
  RouteRegistered: [],
  RouteAmended: [],
};
