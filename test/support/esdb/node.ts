// test support: one node: a gRPC server on a port of its own, which it keeps when it is stopped and started again.
import { Server, ServerCredentials } from '@grpc/grpc-js';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { append } from './append.js';
import { batchAppend } from './batch-append.js';
import { supportedMethods } from './features.js';
import { gossip } from './gossip.js';
import { read } from './read.js';
import type { Address } from './refusals.js';
import type { Station } from './station.js';

const HOST = '127.0.0.1';
/** As much as the client itself accepts. */
const MESSAGE_BYTES_MAX = 17 * 1024 * 1024;

export class Node {
  readonly subscriptions = new Set<() => void>();
  readonly address: { readonly host: string; port: number };
  private server?: Server;

  /** @param port 0 for any that is free */
  constructor(port: number) {
    this.address = { host: HOST, port };
  }

  get runs(): boolean {
    return this.server !== undefined;
  }

  async start(knows: Omit<Station, 'address' | 'subscriptions'>): Promise<void> {
    if (this.server) return;
    const station: Station = { ...knows, address: this.address satisfies Address, subscriptions: this.subscriptions };
    const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_BYTES_MAX });
    server.addService(streamsGrpc.StreamsService, {
      read: read(station),
      append: append(station),
      batchAppend: batchAppend(station),
    });
    server.addService(gossipGrpc.GossipService, { read: gossip(station) });
    server.addService(featuresGrpc.ServerFeaturesService, { getSupportedMethods: supportedMethods(station) });
    this.address.port = await bound(server, this.address);
    this.server = server;
  }

  /** Every connection breaks at once, as when the process is killed. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const stopped = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    server.forceShutdown();
    await stopped;
  }

  dropSubscriptions(): void {
    for (const drop of [...this.subscriptions]) drop();
  }
}

const bound = (server: Server, { host, port }: Address) =>
  new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, found) =>
      error ? reject(error) : resolve(found),
    );
  });
