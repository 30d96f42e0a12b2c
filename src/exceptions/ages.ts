// exceptions: the instant that ages are counted to, and the hub that a question is about.
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import type { AsOf } from '../goods-ledger/as-of.js';
import { Unknown } from '../kernel/errors.js';
import type { MilestonesView } from './milestones.view.js';

/**
 * The instant that ages are counted to: `until`, else the date of knowledge, else the latest recording in the log. Never
 * the clock of the reader: the same question about the same log gives the same ages for good.
 */
export function agesAt({ until, knownAt }: AsOf, milestones: MilestonesView): number {
  return until ?? knownAt ?? milestones.latestRecording();
}

/** Throws `Unknown` for a place that nobody registered. */
export function knownPlace(
  hub: string | undefined,
  catalogue: Pick<CatalogueView, 'one'>,
): { readonly place?: string } {
  if (hub === undefined) return {};
  if (!catalogue.one('place', hub)) throw new Unknown('hub', hub, 'See "relief catalogue places".');
  return { place: hub };
}
