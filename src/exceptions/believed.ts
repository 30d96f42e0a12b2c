// exceptions: what was believed of one entry, and from when to when; pure.
import { effective, isCorrection } from '../kernel/corrections.js';
import { instant } from '../kernel/moments.js';
import type { Delivered } from '../kernel/delivered.js';
import type { Fact, Recorded } from '../kernel/recorded.js';

/** The end of time: nobody has changed their mind yet. */
export const FOREVER = 8_640_000_000_000_000;

/** A fact as it stood for those who knew the log from `knownFrom` on and before `knownUntil`; milliseconds since 1970. */
export interface Belief {
  readonly fact: Recorded;
  readonly knownFrom: number;
  readonly knownUntil: number;
  /** True when a correction says so, not the entry itself. */
  readonly corrected: boolean;
}

export interface Beliefs {
  /** Of the entry they are about: corrections are about the entry at the root of their chain. */
  readonly position: number;
  readonly beliefs: readonly Belief[];
}

/** All that was ever believed of the entry that has arrived, or that the correction which has arrived is about. */
export function beliefsOf({ entry, history }: Delivered): Beliefs {
  if (!history) {
    const { position, reportedAt } = entry;
    const belief = { fact: entry, knownFrom: instant(reportedAt), knownUntil: FOREVER, corrected: false };
    return { position, beliefs: [belief] };
  }
  const root = rootOf(entry, new Map(history.map((one) => [one.id, one])));
  return { position: root.position, beliefs: beliefsIn(chainOf(root, history)) };
}

/** The entry that a chain of corrections is about. */
function rootOf(entry: Recorded, entries: ReadonlyMap<string, Recorded>): Recorded {
  const wrong = isCorrection<Fact>(entry) ? entries.get(entry.data.wrongEventId) : undefined;
  return wrong ? rootOf(wrong, entries) : entry;
}

/** An entry with every correction that is about it. */
function chainOf(root: Recorded, history: readonly Recorded[]): Recorded[] {
  const about = new Set([root.id]);
  return history.filter((entry) => {
    if (isCorrection<Fact>(entry) && about.has(entry.data.wrongEventId)) about.add(entry.id);
    return about.has(entry.id);
  });
}

/** One belief for each stretch of time in which the entry read the same. */
function beliefsIn(chain: readonly Recorded[]): Belief[] {
  const moments = [...new Set(chain.map(({ reportedAt }) => instant(reportedAt)))].sort((a, b) => a - b);
  const beliefs: Belief[] = [];
  for (const [index, knownFrom] of moments.entries()) {
    const knownUntil = moments[index + 1] ?? FOREVER;
    const [fact] = effective<Fact>(chain.filter(({ reportedAt }) => instant(reportedAt) <= knownFrom));
    const before = beliefs.at(-1);
    if (!fact) continue;
    if (before?.knownUntil === knownFrom && same(before.fact, fact))
      beliefs[beliefs.length - 1] = { ...before, knownUntil };
    else beliefs.push({ fact, knownFrom, knownUntil, corrected: !same(chain[0]!, fact) });
  }
  return beliefs;
}

function same(one: Recorded, other: Recorded): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
