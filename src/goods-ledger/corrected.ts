// goods ledger: what a correction changes in the books; pure.
import { effective } from '../kernel/corrections.js';
import type { Recorded } from '../kernel/recorded.js';
import { accountKey, lineKey, type Movement } from './account.js';
import { Books } from './books.js';
import { movementsOf, type GoodsFact } from './movements.js';

/** A movement with the date it counts for and the entry it comes from. */
export interface Dated {
  readonly movement: Movement;
  readonly happenedAt: string;
  /** Position of the entry that the movement is about. */
  readonly about: number;
}

/** The movements of a whole stream, as its standing facts tell them. */
export function movementsOfStream(history: readonly Recorded[]): Dated[] {
  let books = Books.empty;
  return effective<GoodsFact>(history as readonly Recorded<GoodsFact>[]).flatMap((entry) => {
    const { movements } = movementsOf(entry, books);
    books = books.post(movements);
    return movements.map((movement) => ({ movement, happenedAt: entry.happenedAt, about: entry.position }));
  });
}

/**
 * What the last entry of a history, a correction, moves: the movements that no longer stand are reversed on their
 * original date, the ones that stand instead are posted on theirs.
 */
export function movementsOfCorrection(history: readonly Recorded[]): Dated[] {
  const before = movementsOfStream(history.slice(0, -1));
  const after = movementsOfStream(history);
  const gone = without(before, after).map((dated) => ({ ...dated, movement: reversed(dated.movement) }));
  return [...gone, ...without(after, before)];
}

function reversed({ from, to, ...rest }: Movement): Movement {
  return { ...rest, from: to, to: from };
}

/** `all` without those that stand in `others` too, each counted once. */
function without(all: readonly Dated[], others: readonly Dated[]): Dated[] {
  const left = new Map<string, number>();
  for (const key of others.map(keyOf)) left.set(key, (left.get(key) ?? 0) + 1);
  return all.filter((dated) => {
    const key = keyOf(dated);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

function keyOf({ movement: { from, to, quantity, ...line }, happenedAt, about }: Dated): string {
  return JSON.stringify([accountKey(from), accountKey(to), lineKey(line), quantity, happenedAt, about]);
}
