// test support: a server that speaks the protocol of EventStoreDB over a log in memory, on one node or several.
import { randomUUID } from 'node:crypto';
import { Faults } from './faults.js';
import { Node } from './node.js';
import type { Habits, Member } from './station.js';
import { WireLog, type LogOptions } from './wire-log.js';

export interface ServerOptions extends LogOptions, Partial<Habits> {
  /** How many nodes; one unless said. */
  readonly nodes?: number;
  /** Of the first node; the others follow. Any that are free unless said. */
  readonly port?: number;
}

const MEBIBYTE = 1024 * 1024;

const HABITS: Habits = {
  maxAppendBytes: MEBIBYTE,
  positionsInStreamReads: true,
  positionsInRepeats: true,
  followersForward: false,
};

export class EventStoreServer {
  /** What stands, whichever node wrote it. */
  readonly log: WireLog;
  readonly faults = new Faults();
  private readonly habits: Habits;
  private readonly nodes: readonly { readonly id: string; readonly node: Node }[];
  private leader = 0;

  /** @throws Error when a port is taken */
  static async start(options: ServerOptions = {}): Promise<EventStoreServer> {
    const server = new EventStoreServer(options);
    await server.startAll();
    return server;
  }

  private constructor({ nodes = 1, port = 0, clock, recentIds, statsEvery, ...habits }: ServerOptions) {
    this.log = new WireLog({ clock, recentIds, statsEvery });
    this.habits = { ...HABITS, ...habits };
    this.nodes = Array.from({ length: nodes }, (_, index) => ({
      id: randomUUID(),
      node: new Node(port === 0 ? 0 : port + index),
    }));
  }

  /** One host is connected to as it is; of several the client looks for the leader. */
  get connectionString(): string {
    return `esdb://${this.members().map(hostAndPort).join(',')}?tls=false`;
  }

  /** Asks the first node who belongs to the cluster. */
  get discoveryString(): string {
    return `esdb+discover://${hostAndPort(this.members()[0]!)}?tls=false`;
  }

  /** One node and no other, whether it leads or follows. */
  connectionStringOf(index: number): string {
    this.node(index);
    return `esdb://${hostAndPort(this.members()[index]!)}?tls=false`;
  }

  /** How many calls wait for events that are not written yet. */
  get openSubscriptions(): number {
    return this.nodes.reduce((sum, { node }) => sum + node.subscriptions.size, 0);
  }

  /** The nodes in their order. */
  members(): Member[] {
    return this.nodes.map(({ id, node }, index) => ({
      id,
      ...node.address,
      alive: node.runs,
      leads: index === this.leader,
    }));
  }

  /** Another node leads. The one that led drops the subscriptions it holds. */
  elect(index: number): void {
    const before = this.node(this.leader);
    this.node(index);
    if (index === this.leader) return;
    this.leader = index;
    before.dropSubscriptions();
  }

  /** The node is gone, as when its process is killed. A cluster whose leader is gone takes no writes until another is elected. */
  async stopNode(index: number): Promise<void> {
    await this.node(index).stop();
  }

  async startNode(index: number): Promise<void> {
    await this.node(index).start({
      log: this.log,
      faults: this.faults,
      habits: this.habits,
      members: () => this.members(),
    });
  }

  /** Every node goes and comes back on its port; the log stays. */
  async restart(): Promise<void> {
    await this.stop();
    await this.startAll();
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map(({ node }) => node.stop()));
  }

  private async startAll(): Promise<void> {
    try {
      for (const index of this.nodes.keys()) await this.startNode(index);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  private node(index: number): Node {
    const found = this.nodes[index];
    if (!found) throw new Error(`There is no node ${index}: this server has ${this.nodes.length}, counted from 0.`);
    return found.node;
  }
}

const hostAndPort = ({ host, port }: Member) => `${host}:${port}`;
