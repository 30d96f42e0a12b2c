// test support: one node: a gRPC server on a port of its own, which it keeps when it is stopped and started again.
import { Server, ServerCredentials } from '@grpc/grpc-js';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { append } from './append.js';
import { batchAppend } from './batch-append.js';
import { Door } from './door.js';
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
  private running?: { readonly server: Server; readonly door: Door };

  /** @param port 0 for any that is free */
  constructor(port: number) {
    this.address = { host: HOST, port };
  }

  get runs(): boolean {
    return this.running !== undefined;
  }

  async start(knows: Omit<Station, 'address' | 'subscriptions'>): Promise<void> {
    if (this.running) return;
    const station: Station = { ...knows, address: this.address satisfies Address, subscriptions: this.subscriptions };
    const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_BYTES_MAX });
    server.addService(streamsGrpc.StreamsService, {
      read: read(station),
      append: append(station),
      batchAppend: batchAppend(station),
    });
    server.addService(gossipGrpc.GossipService, { read: gossip(station) });
    server.addService(featuresGrpc.ServerFeaturesService, { getSupportedMethods: supportedMethods(station) });
    const hall = server.createConnectionInjector(ServerCredentials.createInsecure());
    const door = new Door((connection) => hall.injectConnection(connection));
    this.address.port = await door.open(this.address);
    this.running = { server, door };
  }

  /** Every connection breaks at once. */
  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await running?.door.slam();
    running?.server.forceShutdown();
  }

  dropSubscriptions(): void {
    for (const drop of [...this.subscriptions]) drop();
  }
}
