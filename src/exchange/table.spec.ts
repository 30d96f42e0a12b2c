// exchange: files as people really save them.
import { describe, expect, it } from '@jest/globals';
import { Invalid } from '../kernel/errors.js';
import { readTable, type ReadOptions } from './table.js';

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const rows = async (bytes: Uint8Array, options?: ReadOptions) => [...(await readTable(bytes, options)).rows];
const cells = async (bytes: Uint8Array, options?: ReadOptions) => (await rows(bytes, options)).map((row) => row.cells);
const refusal = async (bytes: Uint8Array, options?: ReadOptions): Promise<string> => {
  try {
    await readTable(bytes, options);
  } catch (error) {
    if (error instanceof Invalid) return error.message;
    throw error;
  }
  return 'not refused';
};

describe('cells', () => {
  it.each([
    ['a row with a comma in a quoted cell is one cell', 'a,b\n"1,2",3\n', [['1,2', '3']]],
    ['a doubled quote in a quoted cell is a quote', 'a,b\n"5"" pipe",3\n', [['5" pipe', '3']]],
    [
      'a line break in a quoted cell is kept',
      'a,b\n"x\ny",3\n4,5\n',
      [
        ['x\ny', '3'],
        ['4', '5'],
      ],
    ],
    [
      'lines may end as Windows ends them',
      'a,b\r\n"x\r\ny",2\r\n3,4\r\n',
      [
        ['x\ny', '2'],
        ['3', '4'],
      ],
    ],
    [
      'lines may end as old Macs ended them',
      'a,b\r1,2\r3,4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['the last line needs no end', 'a,b\n1,2', [['1', '2']]],
    [
      'blank rows are left out',
      '\n\na,b\n\n1,2\n , \n3,4\n\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['a semicolon in the header separates cells', 'a;b\n1,5;2\n', [['1,5', '2']]],
    ['a tab in the header separates cells', 'a\tb\n1,5\t2;3\n', [['1,5', '2;3']]],
    ['a separator inside a quoted name does not count', '"a;b;c",d\n1,2\n', [['1', '2']]],
    ['a line break inside a quoted name does not end the header', '"a\nb";c\n1;2\n', [['1', '2']]],
  ])('%s', async (_rule, text, expected) => expect(await cells(utf8(text))).toEqual(expected));

  it('a stated separator counts more than the header', async () => {
    expect(await cells(utf8('a,b|c\n1,2|3\n'), { delimiter: '|' })).toEqual([['1,2', '3']]);
  });
});

describe('rows', () => {
  it('are numbered as a spreadsheet numbers them, lines as an editor does', async () => {
    const found = await rows(utf8('a,b\r\n1,2\r\n\r\n"x\r\ny",3\r\n4,5\r\n'));
    expect(found.map(({ row, line }) => [row, line])).toEqual([
      [2, 2],
      [4, 4],
      [5, 6],
    ]);
  });

  it('with too many cells carry a problem, and the others are read', async () => {
    const found = await rows(utf8('a,b\n1,2,3\n4,5\n6,7,\n8\n'));
    expect(found.map(({ problem }) => problem?.rule)).toEqual([
      'must have 2 cells as the header has, not 3: is a cell with a comma not quoted?',
      ...[undefined, undefined, undefined],
    ]);
  });

  it('with a value under no name carry a problem', async () => {
    const found = await rows(utf8('a,,b\n1,,2\n3,x,4\n'));
    expect(found.map(({ problem }) => problem?.rule)).toEqual([
      undefined,
      'must have no value in column 2, which has no name',
    ]);
  });
});

describe('names of columns', () => {
  it('are found whatever their capitals and surrounding spaces', async () => {
    const { indexOf } = await readTable(utf8(' Happened_At ,FACT\n1,2\n'));
    expect([indexOf('happened_at'), indexOf('Fact '), indexOf('place')]).toEqual([0, 1, -1]);
  });

  it('are found however their accents are written', async () => {
    expect((await readTable(utf8('Quantite\u0301,b\n1,2\n'))).indexOf('quantité')).toBe(0);
  });
});

describe('encoding', () => {
  const word = 'Côte d’Ivoire, 5 €';
  const latin1 = Buffer.concat([
    Buffer.from('a\n"C'),
    Buffer.of(0xf4),
    Buffer.from('te d'),
    Buffer.of(0x92),
    Buffer.from('Ivoire, 5 '),
    Buffer.of(0x80),
    Buffer.from('"\n'),
  ]);

  it.each([
    ['UTF-8 is read as UTF-8', utf8(`a\n"${word}"\n`), {}],
    ['a byte order mark is no part of the first name', utf8(`\ufeffa\n"${word}"\n`), {}],
    ['what is not UTF-8 is read as Windows-1252', latin1, {}],
    ['stated UTF-8 is read as UTF-8', utf8(`a\n"${word}"\n`), { encoding: 'utf-8' as const }],
    ['stated Latin-1 is read as Windows-1252', latin1, { encoding: 'latin1' as const }],
  ])('%s', async (_rule, bytes, options) => {
    const { header, rows } = await readTable(bytes, options);
    expect([header, [...rows][0]!.cells]).toEqual([['a'], [word]]);
  });
});

describe('a file is refused as a whole', () => {
  const bad = Buffer.concat([utf8('a\n1\n2\n'), Buffer.of(0xe9, 0x0a)]);
  it.each([
    ['when it is empty', utf8(''), {}, 'file must not be empty'],
    ['when it is blank', utf8('\n \n'), {}, 'file must have a header row with the names of the columns'],
    ['when two columns have one name', utf8('a,b, A\n1,2,3\n'), {}, 'header must name each column once (was "A")'],
    [
      'when a quote is never closed',
      utf8('a,b\n1,2\n3,"4\n5,6\n'),
      {},
      'in the row that begins in line 3 and never closes it',
    ],
    [
      'when a quote stands in an unquoted cell',
      utf8('a,b\n1,2"x\n'),
      {},
      'stray quote in the row that begins in line 2',
    ],
    [
      'when text follows a closing quote',
      utf8('a,b\n1,2\n"x"y,2\n'),
      {},
      'stray quote in the row that begins in line 3',
    ],
    ['when UTF-8 is stated and a line is not', bad, { encoding: 'utf-8' as const }, 'must be UTF-8, but line 4 is not'],
    [
      'when it is marked as UTF-8 and a line is not',
      Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bad]),
      {},
      'line 4 is not',
    ],
    [
      'when Latin-1 is stated and it is marked as UTF-8',
      utf8('\ufeffa\n'),
      { encoding: 'latin1' as const },
      'marked as UTF-8 in line 1',
    ],
    [
      'when it is neither',
      Buffer.concat([utf8('a\n1\n'), Buffer.of(0x81, 0x0a)]),
      {},
      'neither UTF-8 nor Latin-1 in line 3',
    ],
    ['when it is UTF-16 with a mark', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), {}, 'line 1 looks like UTF-16'],
    ['when it holds zero bytes', utf8('a,b\n1,2\n3,\0\n'), {}, 'line 3 looks like UTF-16 or a spreadsheet'],
  ])('%s', async (_when, bytes, options, expected) => expect(await refusal(bytes, options)).toContain(expected));
});
