// tracking: which pieces lie where and by which entries they came there; pure.
import { accountKey, lineKey, type Account, type Line } from '../goods-ledger/account.js';
import type { Flow } from './flows.js';

/** An entry that moved the pieces. */
export interface Step {
  readonly about: number;
  readonly stream: string;
}

/** Pieces that lie together and came the same way; less than 0 where more left an account than ever came there. */
export interface Layer extends Line {
  readonly account: Account;
  readonly quantity: number;
  /** When they came to that holder, in milliseconds since 1970. */
  readonly since: number;
  readonly trail: readonly Step[];
}

type Pieces = Pick<Layer, 'quantity' | 'since' | 'trail'>;

/**
 * Where all pieces of the flows lie at their end, donors left out. Within one account and line the books do not tell
 * one piece from another: those that came first leave first.
 */
export function layersOf(flows: readonly Flow[]): Layer[] {
  const pools = new Pools();
  for (const flow of flows) pools.move(flow);
  return pools.layers();
}

class Pools {
  private readonly pools = new Map<string, { account: Account; line: Line; pieces: Pieces[] }>();

  move(flow: Flow): void {
    const step: Step = { about: flow.about, stream: flow.stream };
    const source = this.pool(flow.from, flow);
    const target = this.pool(flow.to, flow);
    const { taken, missing } = takeFirst(source.pieces, flow.quantity);
    if (missing > 0 && flow.from.bucket !== 'donor') {
      source.pieces.push({ quantity: -missing, since: flow.happened, trail: [step] });
    }
    const fresh: Pieces[] = missing > 0 ? [{ quantity: missing, since: flow.happened, trail: [] }] : [];
    for (const { quantity, since, trail } of [...taken, ...fresh]) {
      const arrived = sameHolder(flow) ? since : flow.happened;
      put(target.pieces, { quantity, since: arrived, trail: [...trail, step] });
    }
  }

  layers(): Layer[] {
    return [...this.pools.values()]
      .filter(({ account }) => account.bucket !== 'donor')
      .flatMap(({ account, line, pieces }) => pieces.map((some) => ({ account, ...line, ...some })));
  }

  /**
   * Where an entry makes the lot of goods known, the books send them back to the donor and out again under that lot: a
   * pool of the entry's own keeps their trail on the way.
   */
  private pool(account: Account, { item, donation, lot, about }: Flow) {
    const line = { item, donation, lot };
    const key =
      account.bucket === 'donor'
        ? `${accountKey(account)}|${item}|${about}`
        : `${accountKey(account)}|${lineKey(line)}`;
    const pool = this.pools.get(key) ?? { account, line, pieces: [] };
    this.pools.set(key, pool);
    return pool;
  }
}

/** Goods that change their earmark stay where they are. */
function sameHolder({ from, to }: Flow): boolean {
  return from.bucket === to.bucket && from.holder === to.holder;
}

/** Takes up to `wanted` pieces, oldest first. */
function takeFirst(pieces: Pieces[], wanted: number): { taken: Pieces[]; missing: number } {
  const taken: Pieces[] = [];
  let missing = wanted;
  while (missing > 0 && pieces[0] && pieces[0].quantity > 0) {
    const first = pieces.shift()!;
    const quantity = Math.min(missing, first.quantity);
    taken.push({ ...first, quantity });
    missing -= quantity;
    if (quantity < first.quantity) pieces.unshift({ ...first, quantity: first.quantity - quantity });
  }
  return { taken, missing };
}

/** Fills what is overdrawn, then lays the rest on top. */
function put(pieces: Pieces[], added: Pieces): void {
  let left = added.quantity;
  while (left > 0 && pieces[0] && pieces[0].quantity < 0) {
    const hole = pieces.shift()!;
    const filled = Math.min(left, -hole.quantity);
    left -= filled;
    if (filled < -hole.quantity) pieces.unshift({ ...hole, quantity: hole.quantity + filled });
  }
  if (left > 0) pieces.push({ ...added, quantity: left });
}
