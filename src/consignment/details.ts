// consignment: what lines and papers say beside quantities; pure.
import { inBaseUnits, packOf, type PackSizes } from '../goods-ledger/packs.js';
import { Invalid } from '../kernel/errors.js';
import type { LineDetails } from './consignment.events.js';

interface DetailedLine {
  readonly item: string;
  readonly pack?: string;
  readonly expiry?: string;
  readonly serials?: string[];
}

/** Pack, expiry and serial numbers of a line of `quantity`. Throws `Invalid` for more serial numbers than pieces. */
export function detailsOf(line: DetailedLine, quantity: number, sizes: PackSizes): LineDetails {
  const { expiry, serials } = line;
  const pieces = inBaseUnits(quantity, line, sizes);
  if (serials && serials.length > pieces) {
    throw new Invalid([
      { field: 'lines.serials', rule: `must not be more than the ${pieces} pieces of the line`, value: serials.length },
    ]);
  }
  return { ...packOf(line, sizes), ...present({ expiry, serials }) };
}

/** The fields that say something. */
export function present<T extends object>(fields: T): Partial<T> {
  const said: Partial<T> = {};
  for (const name of Object.keys(fields) as (keyof T)[]) if (fields[name] !== undefined) said[name] = fields[name];
  return said;
}
