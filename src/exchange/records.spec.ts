// exchange: records and slices, held against a parser that reads the whole text at once.
import { describe, expect, it } from '@jest/globals';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { Invalid } from '../kernel/errors.js';
import { cellsOf, isBlank, recordsOf } from './records.js';
import { textOf } from './text.js';

type Read = readonly { line: number; cells: string[] }[] | { refused: string };

const CODES: Record<string, RegExp> = {
  CSV_QUOTE_NOT_CLOSED: /never closes it/,
  CSV_INVALID_CLOSING_QUOTE: /stray quote/,
  INVALID_OPENING_QUOTE: /stray quote/,
};

function recordByRecord(slices: Iterable<string>, delimiter: string): Read {
  try {
    return [...recordsOf(slices)].map((record) => ({ line: record.line, cells: cellsOf(record, delimiter) }));
  } catch (error) {
    if (error instanceof Invalid) return { refused: error.problems[0]!.rule };
    throw error;
  }
}

/** As the parser reads it in one piece; a refusal is its code, and the line where the last record ended. */
function atOnce(text: string, delimiter: string): Read {
  const records: { line: number; cells: string[] }[] = [];
  let end = 0;
  try {
    parse(text, {
      ...{ delimiter, record_delimiter: '\n', relax_column_count: true },
      on_record: (cells: string[], { lines }) => {
        records.push({ line: end + 1, cells });
        end = lines;
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) return { refused: `${error.code} ${end + 1}` };
    throw error;
  }
  return records;
}

const text = fc
  .array(fc.constantFrom('"', '"', '""', ',', ';', '\n', 'a', ' ', 'é', '1'), { maxLength: 40 })
  .map((letters) => letters.join(''));
const delimiter = fc.constantFrom(',', ';', '\t', '"');

describe('records', () => {
  it('are what a parser reads at once, and are refused where it refuses them', () => {
    fc.assert(
      fc.property(text, delimiter, (text, delimiter) => {
        const expected = atOnce(text, delimiter);
        const found = recordByRecord([text], delimiter);
        if (!('refused' in expected)) return expect(found).toEqual(expected);
        const [code, line] = expected.refused.split(' ') as [string, string];
        expect((found as { refused: string }).refused).toMatch(CODES[code]!);
        expect((found as { refused: string }).refused).toContain(`begins in line ${line}`);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are blank when all their cells are', () => {
    fc.assert(
      fc.property(text, (text) => {
        const read = atOnce(text, ',');
        fc.pre(!('refused' in read));
        const blank = [...recordsOf([text])].map((record) => isBlank(record, ','));
        expect(blank).toEqual(read.map(({ cells }) => cells.every((cell) => cell.trim() === '')));
      }),
    );
  });
});

describe('slices', () => {
  const ends = fc.constantFrom('\n', '\r\n', '\r');

  it('hold the same records wherever they are cut', () => {
    fc.assert(
      fc.property(text, ends, fc.boolean(), fc.integer({ min: 1, max: 20 }), (text, end, mark, length) => {
        fc.pre(text !== '');
        const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text.replaceAll('\n', end)}`);
        const slices = [...textOf(bytes, 'auto', length)];
        expect(slices.join('')).toBe(text);
        for (const slice of slices.slice(0, -1)) expect(slice.endsWith('\n')).toBe(true);
        expect(recordByRecord(slices, ',')).toEqual(recordByRecord([text], ','));
      }),
      { numRuns: 1_000 },
    );
  });

  it('keep a byte order mark that stands at a line further down', () => {
    expect([...textOf(Buffer.from('\ufeffa\n\ufeffb\n'), 'auto', 2)].join('')).toBe('a\n\ufeffb\n');
  });

  it('of Latin-1 are cut and read alike', () => {
    const bytes = Buffer.concat([Buffer.from('a\n'), Buffer.of(0xe9, 0x0a, 0x80, 0x0a)]);
    expect([...textOf(bytes, 'auto', 2)]).toEqual(['a\n', 'é\n', '€\n']);
  });
});
