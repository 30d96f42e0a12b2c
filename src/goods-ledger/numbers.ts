// goods ledger: cells of the report with their quantities, in one cell of a table.

/** Cells and quantities in turn. */
export type Numbers = Float64Array | Int32Array;

const WORD = Int32Array.BYTES_PER_ELEMENT;

/** Four bytes each where all of them are small enough, and eight otherwise; a word in front tells short from long. */
export function asBytes(numbers: Float64Array): Uint8Array {
  const short = new Int32Array(1 + numbers.length);
  short.set(numbers, 1);
  for (let nth = 0; nth < numbers.length; nth++) if (short[1 + nth] !== numbers[nth]) return bytesOf(numbers);
  return bytesOf(short);
}

/** Pairs of long numbers fill whole double words; the word in front of short ones does not. */
export function asNumbers({ buffer, byteOffset, byteLength }: Uint8Array): Numbers {
  return byteLength % (2 * WORD) === 0
    ? new Float64Array(buffer, byteOffset, byteLength / Float64Array.BYTES_PER_ELEMENT)
    : new Int32Array(buffer, byteOffset + WORD, byteLength / WORD - 1);
}

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
