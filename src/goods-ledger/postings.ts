// goods ledger: postings in a cell of a table, 24 bytes each.
import { addTo, type Quantities } from './quantities.js';

/**
 * Postings that are not stored yet, one after the other as five numbers: milliseconds since the day began on which it happened,
 * and on which it was reported; the cell it leaves, the cell it enters; the quantity.
 */
export type Postings = number[];
const NUMBERS = 5;

/** Inclusive limits in milliseconds since the days of a posting began. */
export interface Within {
  readonly happened: number;
  readonly reported: number;
}

const WORDS = 6;
export const POSTING_BYTES = WORDS * Uint32Array.BYTES_PER_ELEMENT;

/** These postings after those that were stored. */
export function withPostings(stored: Uint8Array | undefined, added: Readonly<Postings>): Uint8Array {
  const before = stored?.byteLength ?? 0;
  const bytes = new Uint8Array(before + (added.length / NUMBERS) * POSTING_BYTES);
  if (stored) bytes.set(stored);
  const { words, quantities } = read(bytes);
  for (let nth = 0, at = before / 4; nth < added.length; nth += NUMBERS, at += WORDS) {
    quantities[at / 2] = added[nth + 4]!;
    words[at + 2] = added[nth]!;
    words[at + 3] = added[nth + 1]!;
    words[at + 4] = added[nth + 2]!;
    words[at + 5] = added[nth + 3]!;
  }
  return bytes;
}

/** Adds those within the limits to the sums of their cells. */
export function addPostings(bytes: Uint8Array, { happened, reported }: Within, sums: Float64Array): void {
  const { words, quantities } = read(bytes);
  for (let at = 0, nth = 0; at < words.length; at += WORDS, nth += WORDS / 2) {
    if (words[at + 2]! > happened || words[at + 3]! > reported) continue;
    sums[words[at + 4]!]! -= quantities[nth]!;
    sums[words[at + 5]!]! += quantities[nth]!;
  }
}

/** What postings add to each cell, and the moments of their days between which they lie. */
export interface Sum {
  readonly added: Quantities;
  readonly lastHappened: number;
  readonly firstReported: number;
  readonly lastReported: number;
}

/** Of one posting at least; cell 0, which no report shows, is left out. */
export function summedUp(bytes: Uint8Array): Sum {
  const { words, quantities } = read(bytes);
  const added: Quantities = new Map();
  let [lastHappened, firstReported, lastReported] = [0, Infinity, 0];
  for (let at = 0, nth = 0; at < words.length; at += WORDS, nth += WORDS / 2) {
    lastHappened = Math.max(lastHappened, words[at + 2]!);
    firstReported = Math.min(firstReported, words[at + 3]!);
    lastReported = Math.max(lastReported, words[at + 3]!);
    addTo(added, words[at + 4]!, -quantities[nth]!);
    addTo(added, words[at + 5]!, quantities[nth]!);
  }
  added.delete(0);
  return { added, lastHappened, firstReported, lastReported };
}

function read({ buffer, byteOffset, byteLength }: Uint8Array) {
  return {
    words: new Uint32Array(buffer, byteOffset, byteLength / Uint32Array.BYTES_PER_ELEMENT),
    quantities: new Float64Array(buffer, byteOffset, byteLength / Float64Array.BYTES_PER_ELEMENT),
  };
}
