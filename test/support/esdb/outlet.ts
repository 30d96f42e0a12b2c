// test support: the way of events to one reader, as fast as it reads.
import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import { fail, type Refusal } from './refusals.js';

type Call = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

export class Outlet {
  /** Aborted once nobody reads any more. */
  readonly closed: AbortSignal;
  private readonly call: Call;
  private readonly closing = new AbortController();

  constructor(call: Call) {
    this.call = call;
    this.closed = this.closing.signal;
    for (const event of ['cancelled', 'close', 'finish']) call.on(event, () => this.closing.abort());
  }

  /** Comes back when the reader has room for more. */
  async send(message: streams.ReadResp): Promise<void> {
    if (this.closed.aborted || this.call.write(message)) return;
    await once(this.call, 'drain', { signal: this.closed }).catch(() => undefined);
  }

  fail(why: Refusal): void {
    if (this.closed.aborted) return;
    fail(this.call, why);
    this.closing.abort();
  }

  end(): void {
    if (this.closed.aborted) return;
    this.call.end();
    this.closing.abort();
  }
}
