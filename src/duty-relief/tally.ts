// duty relief: quantities that add up under a name; pure.
export class Tally {
  private readonly sums = new Map<string, number>();

  add(name: string, quantity: number): void {
    this.sums.set(name, (this.sums.get(name) ?? 0) + quantity);
  }

  all(): readonly (readonly [name: string, quantity: number])[] {
    return [...this.sums];
  }

  /** What is more than nothing in all of them, by name. */
  static together(tallies: readonly (readonly Tally[])[]): readonly (readonly [name: string, quantity: number])[] {
    const sum = new Tally();
    for (const tally of tallies.flat()) for (const [name, quantity] of tally.all()) sum.add(name, quantity);
    return sum
      .all()
      .filter(([, quantity]) => quantity > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
