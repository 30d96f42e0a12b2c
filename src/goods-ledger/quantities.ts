// goods ledger: what cells of the report hold, in one cell of a table.

/** Quantities by the number of their cell: 1 or more. */
export type Quantities = Map<number, number>;

/**
 * What is stored has one of three forms, the shortest that holds it: a word for each cell in the order of their numbers,
 * behind the first; cells and quantities in turn, behind a word that is 0; the same in double words. Cells that hold nothing
 * are left out. Which form it is follows from the quantities alone, so that rows can be compared.
 */
type Stored = Uint8Array;

const PAIRS = 0;
const BY_CELL = 1;
const WORD = Int32Array.BYTES_PER_ELEMENT;

export function addTo(quantities: Quantities, cell: number, quantity: number): void {
  quantities.set(cell, (quantities.get(cell) ?? 0) + quantity);
}

/** What is stored with what is added. Throws when a quantity can no longer be counted exactly. */
export function plus(stored: Stored | undefined, added: Quantities): Stored {
  const cells = [...added.keys()].sort((a, b) => a - b);
  const before = stored ? pairsOf(stored) : new Float64Array(0);
  const sum = new Float64Array(before.length + 2 * cells.length);
  let [from, to] = [0, 0];
  const put = (cell: number, quantity: number) => {
    if (quantity === 0) return;
    sum[to++] = cell;
    sum[to++] = exact(quantity);
  };
  for (const cell of cells) {
    while (from < before.length && before[from]! < cell) put(before[from++]!, before[from++]!);
    const held = before[from] === cell ? before[(from += 2) - 1]! : 0;
    put(cell, held + added.get(cell)!);
  }
  while (from < before.length) put(before[from++]!, before[from++]!);
  return asStored(sum.subarray(0, to));
}

/** Adds what is stored to sums by the number of the cell; cells beyond them are left out. */
export function addQuantities(stored: Stored, sums: Float64Array): void {
  const words = wordsOf(stored);
  if (words?.[0] === BY_CELL) {
    const end = Math.min(words.length, sums.length);
    for (let cell = 1; cell < end; cell++) sums[cell]! += words[cell]!;
    return;
  }
  const pairs = words?.subarray(1) ?? doublesOf(stored);
  for (let at = 0; at < pairs.length; at += 2) sums[pairs[at]!]! += pairs[at + 1]!;
}

/** The cells that hold something, with their quantities. */
export function quantitiesIn(stored: Stored): [cell: number, quantity: number][] {
  const pairs = pairsOf(stored);
  return Array.from({ length: pairs.length / 2 }, (_, nth) => [pairs[2 * nth]!, pairs[2 * nth + 1]!]);
}

/** Cells and quantities in turn, in the order of the cells. */
function pairsOf(stored: Stored): Float64Array {
  const words = wordsOf(stored);
  if (!words) return doublesOf(stored);
  if (words[0] === PAIRS) return Float64Array.from(words.subarray(1));
  const pairs = new Float64Array(2 * words.length);
  let to = 0;
  for (let cell = 1; cell < words.length; cell++) {
    if (words[cell] === 0) continue;
    pairs[to++] = cell;
    pairs[to++] = words[cell]!;
  }
  return pairs.subarray(0, to);
}

/** Pairs of double words fill an even number of words; the other forms take an odd one. */
function wordsOf({ buffer, byteOffset, byteLength }: Stored): Int32Array | undefined {
  return byteLength % (2 * WORD) === 0 ? undefined : new Int32Array(buffer, byteOffset, byteLength / WORD);
}

function doublesOf({ buffer, byteOffset, byteLength }: Stored): Float64Array {
  return new Float64Array(buffer, byteOffset, byteLength / Float64Array.BYTES_PER_ELEMENT);
}

function asStored(pairs: Float64Array): Stored {
  if (!fitWords(pairs)) return new Uint8Array(pairs.slice().buffer);
  const last = pairs.at(-2) ?? 0;
  const words = new Int32Array(Math.min(odd(1 + last), 1 + pairs.length));
  if (words.length > pairs.length) words.set(pairs, 1);
  else {
    words[0] = BY_CELL;
    for (let at = 0; at < pairs.length; at += 2) words[pairs[at]!] = pairs[at + 1]!;
  }
  return new Uint8Array(words.buffer);
}

function fitWords(numbers: Float64Array): boolean {
  for (const number of numbers) if ((number | 0) !== number) return false;
  return true;
}

function odd(words: number): number {
  return words % 2 === 0 ? words + 1 : words;
}

function exact(quantity: number): number {
  if (Number.isSafeInteger(quantity)) return quantity;
  throw new RangeError('A total has grown beyond what can be counted exactly.');
}
