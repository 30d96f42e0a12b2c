// exceptions: what all exceptions about a consignment have in common; pure.
import type { Consignment } from './evidence.js';
import type { Found, Owner } from './exception.js';
import type { Milestone } from './milestones.view.js';

/** Whoever keeps the papers of the consignment acts, unless an `owner` is named. */
export function about(
  { id, destinations, places }: Consignment,
  owner: Owner = { kind: 'consignment', id },
): Pick<Found, 'name' | 'owner' | 'destinations' | 'places'> {
  return { name: `consignment ${id}`, owner, destinations, places };
}

/** The consignment that a milestone is about. */
export function idOf({ stream }: Milestone): string {
  return stream.slice('consignment-'.length);
}

export function isClosed({ milestones }: Consignment): boolean {
  return milestones.some(({ kind }) => kind === 'closed');
}
