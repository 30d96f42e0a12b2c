// lot: what is decided about a production lot. These names and shapes are the storage format.
import type { Documented } from '../kernel/documented.js';
import type { Shapes } from '../kernel/shapes.js';

type About = Documented & { readonly item: string; readonly lot: string };

/** Goods of the lot must not leave a hub. */
export interface LotHeld {
  readonly type: 'LotHeld';
  readonly data: About & { readonly reason: string };
}

/** The hold or recall is over. */
export interface LotReleased {
  readonly type: 'LotReleased';
  readonly data: About;
}

/** Goods of the lot must not leave a hub and must come back from wherever they are. */
export interface LotRecalled {
  readonly type: 'LotRecalled';
  readonly data: About & { readonly reason: string };
}

export type LotFact = LotHeld | LotReleased | LotRecalled;

export const lotShapes: Shapes<LotFact> = { LotHeld: [], LotReleased: [], LotRecalled: [] };
