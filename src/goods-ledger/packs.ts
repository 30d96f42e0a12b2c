// goods ledger: quantities counted in packs, kept in base units; pure.
import { Invalid } from '../kernel/errors.js';
import { QUANTITY_MAX } from '../kernel/quantity.js';

/** The pack that a line was counted in; its quantities stand in base units all the same. */
export interface PackUsed {
  readonly name: string;
  /** Base units in one pack. */
  readonly holds: number;
}

/** How many base units a pack of an item holds, by `ITEM/pack`. */
export type PackSizes = ReadonlyMap<string, number>;

/** A context that knows the packs of the items a command mentions. */
export interface InSizes {
  readonly sizes: PackSizes;
}

interface CountedIn {
  readonly item: string;
  readonly pack?: string;
}

/** The pack of a line, for the fact to keep; nothing for a line in base units. */
export function packOf({ item, pack }: CountedIn, sizes: PackSizes): { pack?: PackUsed } {
  return pack === undefined ? {} : { pack: { name: pack, holds: sizeOf(item, pack, sizes) } };
}

/** A quantity of a line in base units. Throws `Invalid` when it grows too large. */
export function inBaseUnits(quantity: number, { item, pack }: CountedIn, sizes: PackSizes): number {
  const base = pack === undefined ? quantity : quantity * sizeOf(item, pack, sizes);
  if (base <= QUANTITY_MAX) return base;
  throw new Invalid([{ field: 'lines.quantity', rule: `must not exceed ${QUANTITY_MAX} base units`, value: base }]);
}

function sizeOf(item: string, pack: string, sizes: PackSizes): number {
  const holds = sizes.get(`${item}/${pack}`);
  if (holds !== undefined) return holds;
  throw new Invalid([{ field: 'lines.pack', rule: `must be a pack of ${item} in the catalogue`, value: pack }]);
}
