// health: what probes are answered.
export class LiveAnswer {
  status!: 'live';
}

export class ReadyAnswer {
  status!: 'ready';
}

export class HealthAnswer {
  status!: 'ok';
  /** The name that this log keeps for life. */
  log!: string;
  /** Up to where in the log the reports are. */
  position!: number;
  /** How many entries of the log the reports hold. */
  events!: number;
  state!: 'rebuilding' | 'ready';
}

/** Work that must end before this node is ready. */
export class RebuildingAnswer {
  what!: string;
  /** Events done. */
  events!: number;
  /** Of how many; 0 while that is not known. */
  of!: number;
}

/** With status 503: ask again in a moment, or ask another node. */
export class NotReadyAnswer {
  status!: 503;
  code!: 'UNAVAILABLE';
  message!: string;
  /** Everything that is in the way, a sentence each. */
  reasons!: string[];
  rebuilding?: RebuildingAnswer;
}
