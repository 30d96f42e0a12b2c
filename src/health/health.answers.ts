// health: what probes are answered.
export class LiveAnswer {
  status!: 'live';
}

export class ReadyAnswer {
  status!: 'ready';
}

/** Work such as a rebuild of the reports. */
export class LongWorkAnswer {
  what!: string;
  /** Position of the log that it has reached. */
  position!: number;
  /** Position that it has to reach; 0 while that is not known. */
  of!: number;
  /** False when this node is not ready before it ends. */
  served!: boolean;
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
  /** Long work that goes on, also while everybody is served. */
  work?: LongWorkAnswer;
}

/** With status 503: ask again in a moment, or ask another node. */
export class NotReadyAnswer {
  status!: 503;
  code!: 'UNAVAILABLE';
  message!: string;
  /** Everything that is in the way, a sentence each. */
  reasons!: string[];
  work?: LongWorkAnswer;
}
