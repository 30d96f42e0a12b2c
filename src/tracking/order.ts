// tracking: rows in an order that depends on nothing but themselves; pure.

/** Compares by the first key that differs. */
export function by<Row>(keysOf: (row: Row) => readonly (string | number)[]): (a: Row, b: Row) => number {
  return (a, b) => {
    const [ours, theirs] = [keysOf(a), keysOf(b)];
    const index = ours.findIndex((key, at) => key !== theirs[at]);
    return index === -1 ? 0 : ours[index]! < theirs[index]! ? -1 : 1;
  };
}
