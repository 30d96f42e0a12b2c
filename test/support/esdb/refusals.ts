// test support: the ways a call fails as a whole, with the trailers by which a client tells them apart.
import { Metadata, status } from '@grpc/grpc-js';

export interface Refusal {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

function refusal(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): Refusal {
  return { code, details, metadata: Metadata.fromHttp2Headers(trailers) };
}

export const NOT_READY = 'Server Is Not Ready';

export const unavailable = (details = NOT_READY) => refusal(status.UNAVAILABLE, details);

export const notLeader = ({ host, port }: Address) =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const timedOut = () => refusal(status.ABORTED, 'Operation timed out');

export const tooLarge = (maximum: number) =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${maximum} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maximum),
  });

export const invalidPosition = (commit: bigint) =>
  refusal(status.INVALID_ARGUMENT, `No record begins at position ${commit}.`);

export const failed = (code: status) => refusal(code, 'The server failed.');

/** Ends a call that streams its answers. Destroying it would leave the client waiting. */
export function fail(call: { emit(event: 'error', refusal: Refusal): unknown }, why: Refusal): void {
  call.emit('error', why);
}
