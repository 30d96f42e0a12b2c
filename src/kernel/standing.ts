// kernel: a stream as it stood on a date, as known on another.
import { effective } from './corrections.js';
import { instant } from './moments.js';
import type { Fact, Recorded } from './recorded.js';

/** The facts that were known by `knownAt`, corrections heard, and happened by `until`; limits in ms, inclusive. */
export function standingAsOf<F extends Fact>(
  history: readonly Recorded[],
  { until = Infinity, knownAt = Infinity }: { readonly until?: number; readonly knownAt?: number },
): Recorded<F>[] {
  const known = history.filter(({ reportedAt }) => instant(reportedAt) <= knownAt);
  return effective<F>(known as Recorded<F>[]).filter(({ happenedAt }) => instant(happenedAt) <= until);
}
