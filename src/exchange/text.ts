// exchange: from the bytes of a file to its text.
import { isUtf8 } from 'node:buffer';
import { Invalid } from '../kernel/errors.js';

export const ENCODINGS = ['auto', 'utf-8', 'latin1'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const NEWLINE = 0x0a;
/** Letters that Windows-1252, the Latin-1 of office programs, leaves empty. */
const NO_LETTER = /[\u0081\u008d\u008f\u0090\u009d]/;

/** The text with line ends as `\n` and no byte order mark. Throws `Invalid`, with the line, when the encoding does not fit. */
export function textOf(bytes: Uint8Array, encoding: Encoding = 'auto'): string {
  if (bytes.length === 0) throw wrong('must not be empty');
  refuseUtf16(bytes);
  const text = fitsUtf8(bytes, encoding) ? new TextDecoder().decode(bytes) : fromLatin1(bytes, encoding);
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
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

function fitsUtf8(bytes: Uint8Array, encoding: Encoding): boolean {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (encoding === 'latin1' && !marked) return false;
  if (encoding === 'latin1') throw wrong('is marked as UTF-8 in line 1, but Latin-1 is stated: leave the encoding out');
  if (isUtf8(bytes)) return true;
  if (encoding === 'auto' && !marked) return false;
  throw wrong(`must be UTF-8, but line ${firstLine(bytes, (line) => !isUtf8(line))} is not; try --encoding latin1`);
}

function fromLatin1(bytes: Uint8Array, encoding: Encoding): string {
  const text = new TextDecoder('windows-1252').decode(bytes);
  const at = text.search(NO_LETTER);
  if (at < 0) return text;
  const tried = encoding === 'auto' ? 'neither UTF-8 nor Latin-1' : 'not Latin-1';
  throw wrong(`is ${tried} in line ${text.slice(0, at).split('\n').length}: save it as "CSV UTF-8"`);
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
