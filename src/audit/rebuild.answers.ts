// audit: what is said of a rebuild.
export class RebuiltAnswer {
  /** Position and number of entries that the new views were built from before they took over. */
  position!: number;
  events!: number;
  /** Position at which old and new were compared; null when the old ones could not be. */
  comparedAt!: number | null;
  /** Rows compared. */
  rows!: number;
  /** What the old views said otherwise, a table a sentence. */
  differences!: string[];
  /** Why the old views stayed; null when the new ones took over. */
  failure!: string | null;
}

export class RebuildAnswer {
  running!: boolean;
  /** From 0 to 1; null while none is running. */
  share!: number | null;
  last!: RebuiltAnswer | null;
}
