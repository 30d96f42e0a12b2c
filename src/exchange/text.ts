// exchange: from the bytes of a file to its text, a slice at a time.
import { isUtf8 } from 'node:buffer';
import { Invalid } from '../kernel/errors.js';

export const ENCODINGS = ['auto', 'utf-8', 'latin1'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const MARK = 3;
/** Letters that Windows-1252, the Latin-1 of office programs, leaves empty. */
const NO_LETTERS = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
const SLICE_BYTES = 262_144;

/**
 * The text with line ends as `\n` and no byte order mark, in slices of whole lines; it can be run through again. Throws
 * `Invalid`, with the line, when the encoding does not fit.
 */
export function textOf(bytes: Uint8Array, encoding: Encoding = 'auto', sliceBytes = SLICE_BYTES): Iterable<string> {
  if (bytes.length === 0) throw wrong('must not be empty');
  refuseUtf16(bytes);
  const utf8 = fitsUtf8(bytes, encoding);
  if (!utf8) refuseNoLetters(bytes, encoding);
  const unmarked = isMarked(bytes) ? bytes.subarray(MARK) : bytes;
  return { [Symbol.iterator]: () => slices(unmarked, utf8 ? 'utf-8' : 'windows-1252', sliceBytes) };
}

function* slices(bytes: Uint8Array, encoding: string, length: number): Generator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for (let from = 0; from < bytes.length;) {
    const to = endOfSlice(bytes, from, from + length);
    const text = decoder.decode(bytes.subarray(from, to));
    yield text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    from = to;
  }
}

/** Behind the last line end of a slice, else behind the next one. Line ends are single bytes in both encodings. */
function endOfSlice(bytes: Uint8Array, from: number, to: number): number {
  if (to >= bytes.length) return bytes.length;
  const slice = bytes.subarray(from, to);
  const newline = slice.lastIndexOf(NEWLINE);
  if (newline >= 0) return from + newline + 1;
  const end = slice.lastIndexOf(RETURN);
  if (end < 0) return endOfSlice(bytes, from, to + to - from);
  return from + end + (bytes[from + end + 1] === NEWLINE ? 2 : 1);
}

function refuseUtf16(bytes: Uint8Array): void {
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const zero = bytes.indexOf(0);
  if (!marked && zero < 0) return;
  throw wrong(
    `must be text in UTF-8 or Latin-1; line ${marked ? 1 : lineAt(bytes, zero)} looks like UTF-16 or a spreadsheet: save it as "CSV UTF-8"`,
  );
}

function isMarked(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function fitsUtf8(bytes: Uint8Array, encoding: Encoding): boolean {
  const marked = isMarked(bytes);
  if (encoding === 'latin1' && !marked) return false;
  if (encoding === 'latin1') throw wrong('is marked as UTF-8 in line 1, but Latin-1 is stated: leave the encoding out');
  if (isUtf8(bytes)) return true;
  if (encoding === 'auto' && !marked) return false;
  throw wrong(`must be UTF-8, but line ${firstLine(bytes, (line) => !isUtf8(line))} is not; try --encoding latin1`);
}

function refuseNoLetters(bytes: Uint8Array, encoding: Encoding): void {
  const found = NO_LETTERS.map((byte) => bytes.indexOf(byte)).filter((at) => at >= 0);
  if (found.length === 0) return;
  const tried = encoding === 'auto' ? 'neither UTF-8 nor Latin-1' : 'not Latin-1';
  throw wrong(`is ${tried} in line ${lineAt(bytes, Math.min(...found))}: save it as "CSV UTF-8"`);
}

function firstLine(bytes: Uint8Array, fits: (line: Uint8Array) => boolean): number {
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (fits(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return 1;
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0 && at < offset; at = bytes.indexOf(NEWLINE, at + 1)) line++;
  return line;
}

function wrong(rule: string): Invalid {
  return new Invalid([{ field: 'file', rule }]);
}
