// exchange: what somebody probably meant.

/** The known word that takes the fewest changes of letters to reach. */
export function nearest(word: string, known: readonly string[]): string {
  const distances = known.map((candidate) => distance(word.toLowerCase(), candidate.toLowerCase()));
  return known[distances.indexOf(Math.min(...distances))]!;
}

/** Levenshtein: letters to insert, delete or replace. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1]! + (letter === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
