// audit: what other nodes serve, held against the log.
import type { Digest } from './digest.js';

const PATIENCE_MS = 30_000;

/** What a node said of its books. */
export interface NodeSays extends Digest {
  readonly node: string;
  /** The name of its log. */
  readonly log: string;
  readonly position: number;
  readonly events: number;
}

/** A node that did not say it, and why. */
export interface NodeSilent {
  readonly node: string;
  readonly reason: string;
}

/** Asks every node for its books, as soon as they include the position. */
export async function askNodes(nodes: readonly string[], position: number): Promise<(NodeSays | NodeSilent)[]> {
  return Promise.all(nodes.map((node) => ask(node, position)));
}

async function ask(node: string, position: number): Promise<NodeSays | NodeSilent> {
  try {
    const url = new URL(`/views/digest?after=${position}`, node);
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const body = (await answer.json()) as Omit<NodeSays, 'node'> & { readonly message?: string };
    return answer.ok ? { ...body, node } : { node, reason: body.message ?? `it answered ${answer.status}` };
  } catch (error) {
    const { message, cause } = error as Error & { readonly cause?: Error };
    return { node, reason: cause?.message ?? message };
  }
}

/** The answers of nodes, each to be judged when the replayed log stands where that node stood. */
export class NodesChecked {
  readonly broken: string[] = [];
  private readonly waiting: NodeSays[];

  constructor(asked: readonly (NodeSays | NodeSilent)[], log: string) {
    for (const answer of asked)
      if ('reason' in answer) this.broken.push(`${answer.node} did not answer: ${answer.reason}`);
    const says = asked.filter((answer) => 'balances' in answer);
    for (const answer of says) {
      if (answer.log !== log) this.broken.push(`${answer.node} serves another log, ${answer.log}, not ${log}`);
    }
    this.waiting = says.filter((answer) => answer.log === log).sort((a, b) => a.position - b.position);
  }

  /** The position at which the next answer has to be judged; Infinity when there is none. */
  get next(): number {
    return this.waiting[0]?.position ?? Infinity;
  }

  /** The replayed log stands at `position`, after `events` entries, and its books are `right`. */
  judge(position: number, events: number, right: () => Digest): void {
    while (this.next <= position) {
      const said = this.waiting.shift()!;
      const { balances, totals } = right();
      const faults = [
        ...(said.events === events ? [] : [`counts ${said.events} entries, the log has ${events}`]),
        ...(said.balances === balances ? [] : ['has other balances than the log says']),
        ...(said.totals === totals ? [] : ['has other totals than the log says']),
      ];
      for (const fault of faults) this.broken.push(`${said.node} ${fault}, at position ${said.position}`);
    }
  }
}
