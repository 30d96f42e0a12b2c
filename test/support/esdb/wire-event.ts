// test support: an event as it travels, and what an append may ask and be told.

/** What a writer hands over. Data and metadata are the bytes that came, unread. */
export interface Proposal {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event of the log. */
export interface WireEvent extends Proposal {
  readonly stream: string;
  /** From 0 on, without a gap in its stream. */
  readonly revision: bigint;
  /** Commit and prepare position alike. */
  readonly position: bigint;
  /** By the clock of the server. */
  readonly created: Date;
}

/** Where the writer believes the stream to end. */
export type Expected = bigint | 'no_stream' | 'stream_exists' | 'any';

/** What became of an append. A revision is missing when the stream has no event, a position when nothing was written. */
export type Outcome =
  | { readonly kind: 'written' | 'repeated'; readonly revision?: bigint; readonly position?: bigint }
  | { readonly kind: 'conflict'; readonly actual?: bigint };

const NAME_BYTES = (name: string) => Buffer.byteLength(name);

/** What the event takes of the largest append that is allowed. */
export const bytesOf = ({ type, data, metadata }: Proposal) => NAME_BYTES(type) + data.length + metadata.length;

/** Names that begin with `$` are the server's own. */
export const isOfTheServer = ({ stream, type }: WireEvent) => stream.startsWith('$') || type.startsWith('$');
