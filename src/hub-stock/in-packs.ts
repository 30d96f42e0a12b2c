// hub stock: a quantity as a storekeeper counts it, largest packs first; pure.
import { grouped } from '../kernel/quantity.js';

interface Packed {
  readonly unit: string;
  readonly packs: readonly { readonly name: string; readonly holds: number }[];
}

/** For example "468 cartons + 12 pieces"; nothing for an item without packs, or less than nothing. */
export function inPacks(quantity: number, { unit, packs }: Packed): string | undefined {
  if (packs.length === 0 || quantity < 0) return undefined;
  let rest = quantity;
  const parts: string[] = [];
  for (const { name, holds } of [...packs].sort((a, b) => b.holds - a.holds)) {
    const count = Math.floor(rest / holds);
    rest -= count * holds;
    if (count > 0) parts.push(counted(count, name));
  }
  if (rest > 0 || parts.length === 0) parts.push(counted(rest, unit));
  return parts.join(' + ');
}

/** Only single words have a plural that everybody agrees on. */
function counted(count: number, name: string): string {
  if (!/^[a-z]+$/i.test(name)) return `${grouped(count)} × ${name}`;
  if (count === 1) return `1 ${name}`;
  return `${grouped(count)} ${name}${/(s|x|ch|sh)$/i.test(name) ? 'es' : 's'}`;
}
