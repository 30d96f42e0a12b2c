// goods ledger: many whole numbers in one cell of a table.

/**
 * An even count of numbers: four bytes each where all of them fit, else eight. One more word in front says that they are four
 * bytes long, so that the length tells one form from the other.
 */
export function asBytes(numbers: Float64Array): Uint8Array {
  const short = new Int32Array(1 + numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    short[1 + i] = numbers[i]!;
    if (short[1 + i] !== numbers[i]) return bytesOf(numbers);
  }
  return bytesOf(short);
}

export function asNumbers({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array | Float64Array {
  if (byteLength % Float64Array.BYTES_PER_ELEMENT === 0) {
    return new Float64Array(buffer, byteOffset, byteLength / Float64Array.BYTES_PER_ELEMENT);
  }
  return new Int32Array(buffer, byteOffset + WORD, byteLength / WORD - 1);
}

const WORD = Int32Array.BYTES_PER_ELEMENT;

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
