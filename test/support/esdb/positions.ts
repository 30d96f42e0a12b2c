// test support: where an event lies in the log. Positions are byte offsets: they rise, and never by one.

/** What a server before 22.10 answers where it does not tell the position: the largest number of 64 bits. */
export const UNTOLD = 2n ** 64n - 1n;

const FIRST = 1_834n;
const FRAME_BYTES = 89;
/** After each third event lies a record that no reader is shown. */
const HIDDEN_EVERY = 3;
const HIDDEN_BYTES = 257;

export class Positions {
  private following = FIRST;
  private given = 0;

  /** The position of an event with so many bytes. */
  next(bytes: number): bigint {
    const position = this.following;
    this.given++;
    const hidden = this.given % HIDDEN_EVERY === 0 ? HIDDEN_BYTES : 0;
    this.following += BigInt(FRAME_BYTES + bytes + hidden);
    return position;
  }
}
