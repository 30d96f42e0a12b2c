// exchange: foreign tables as logbook rows.
import { describe, expect, it } from '@jest/globals';
import type { ImportRow } from './instruction.js';
import type { CellRule, FactRule } from './mapping-file.js';
import { readMapped, readMapping } from './mapping.js';

const base = { name: 'warehouse', key: '{ID}' };
const fact = (columns: object, others: Partial<FactRule> = {}) => ({
  fact: 'arrival',
  as: 'there',
  columns: { happened_at: '2020-03-18', ...columns },
  ...others,
});
const mapped = async (csv: string, facts: object[], others: object = {}): Promise<ImportRow[]> => {
  const mapping = readMapping(JSON.stringify({ ...base, ...others, facts }));
  return [...(await readMapped(Buffer.from(csv), mapping)).rows];
};
const bodies = (rows: ImportRow[]) => rows.flatMap(({ facts }) => facts.map(({ instruction }) => instruction.body));
const said = (rows: ImportRow[]) => {
  return rows.flatMap(({ problems }) =>
    problems.map(({ row, field, rule, value }) => `${row} ${field} ${rule} (${String(value)})`),
  );
};

describe('a cell', () => {
  const maps = {
    countries: { values: { Italie: 'IT', "Côte d'Ivoire": 'CI', 'N/A': '' } },
    modes: { values: { Truck: 'road' }, otherwise: 'air' },
  };
  const made = async (rule: CellRule, cell: string) => {
    const csv = `ID,X,Y\n1,"${cell.replaceAll('"', '""')}",7\n`;
    const rows = await mapped(csv, [fact({ note: rule })], { maps, timeZone: 'Europe/Brussels' });
    return said(rows)[0] ?? (bodies(rows)[0] as { note?: string }).note ?? '';
  };

  it.each<[string, CellRule, string, string]>([
    ['may be a constant', 'USAID', '', 'USAID'],
    ['may be filled in', 'SCMS-{X}/{Y}', '12', 'SCMS-12/7'],
    ['that names empty columns only is empty', 'SCMS-{X}', '', ''],
    ['may be a column', { column: 'x' }, ' a b ', 'a b'],
    ['may have a default', { column: 'X', default: 'none' }, '', 'none'],
    ['may be looked up', { column: 'X', map: 'countries' }, 'Italie', 'IT'],
    ['is looked up whatever its capitals and accents', { column: 'X', map: 'countries' }, "CO\u0302TE D'IVOIRE", 'CI'],
    ['may be looked up as empty', { column: 'X', map: 'countries' }, 'N/A', ''],
    ['that is empty needs no listing', { column: 'X', map: 'countries' }, '', ''],
    ['may have a value otherwise', { column: 'X', map: 'modes' }, 'Donkey', 'air'],
    [
      'outside its map is a problem',
      { column: 'X', map: 'countries' },
      'Narnia',
      '2 X must be listed in the map "countries" of the mapping (Narnia)',
    ],
    ['may be a number', { column: 'X', number: true }, '1,500', '1500'],
    ['may be a number in a stated form', { column: 'X', number: { thousands: '.', decimal: ',' } }, '1.500,00', '1500'],
    [
      'that is no number is a problem',
      { column: 'X', number: { thousands: ',' } },
      '1.500',
      '2 X must be a whole number (1.500)',
    ],
    ['may be a date', { column: 'X', dates: ['dd-LLL-yy'] }, '02-Jun-06', '2006-06-02'],
    ['may be a date in one of several forms', { column: 'X', dates: ['dd-LLL-yy', 'L/d/yy'] }, '6/2/06', '2006-06-02'],
    [
      'may be a date and time, in winter',
      { column: 'X', dates: ['dd/MM/yyyy HH:mm'] },
      '14/03/2020 09:30',
      '2020-03-14T09:30:00+01:00',
    ],
    [
      'may be a date and time, in summer',
      { column: 'X', dates: ['dd/MM/yyyy HH:mm'] },
      '14/07/2020 09:30',
      '2020-07-14T09:30:00+02:00',
    ],
    [
      'may have its own time zone',
      { column: 'X', dates: ['dd/MM/yyyy h:mm a'], timeZone: 'Asia/Shanghai' },
      '14/03/2020 9:30 PM',
      '2020-03-14T21:30:00+08:00',
    ],
    [
      'with quoted letters in its date format has no time',
      { column: 'X', dates: ["dd 'the' MM yyyy"] },
      '14 the 03 2020',
      '2020-03-14',
    ],
    [
      'that is no date is a problem',
      { column: 'X', dates: ['dd-LLL-yy', 'L/d/yy'] },
      '31-Feb-06',
      '2 X must be a date written as dd-LLL-yy or L/d/yy (31-Feb-06)',
    ],
    ['may be made a reference', { column: 'X', reference: true }, 'Masques (boîte)', 'MASQUES-BOITE'],
    ['that is empty makes no reference', { column: 'X', reference: true }, '', ''],
    ['may be looked up and made a reference', { template: '{X}', map: 'modes', reference: true }, 'Truck', 'ROAD'],
  ])('%s', async (_what, rule, cell, expected) => expect(await made(rule, cell)).toBe(expected));
});

describe('a fact', () => {
  const csv = 'ID,State,Box\n1,OK,A\n2,lost,B\n3,,C\n4,ok,D\n';
  const boxes = async (when: FactRule['when']) =>
    bodies(await mapped(csv, [fact({ consignment: '{Box}' }, { when: when! })]))
      .map((body) => (body as { consignment: string }).consignment)
      .join('');

  it.each<[string, FactRule['when'], string]>([
    ['is', { column: 'State', is: 'ok' }, 'AD'],
    ['is one of', { column: 'State', is: ['OK', 'Lost'] }, 'ABD'],
    ['is empty', { column: 'State', is: '' }, 'C'],
    ['is not', { column: 'State', isNot: 'OK' }, 'BC'],
    ['is none of', { column: 'State', isNot: ['OK', ''] }, 'B'],
    ['matches', { column: 'State', matches: '^[Oo][Kk]$' }, 'AD'],
    [
      'holds two conditions',
      [
        { column: 'State', is: 'OK' },
        { column: 'Box', isNot: 'A' },
      ],
      'D',
    ],
  ])('is stated only when its condition %s', async (_what, when, expected) => expect(await boxes(when)).toBe(expected));

  it('has a key of its own beside the others of its row', async () => {
    const rows = await mapped('ID,Box\n1,A\n', [
      fact({ consignment: '{Box}' }),
      fact({ consignment: '{Box}' }, { as: 'again' }),
    ]);
    expect(rows).toHaveLength(1);
    expect(new Set(rows[0]!.facts.map(({ instruction }) => instruction.commandId)).size).toBe(2);
  });

  it('of many rows is the same fact in each, whatever its row', async () => {
    const item = {
      fact: 'item',
      once: true,
      columns: { item: '{Box}', name: '{Box}', unit: 'piece', happened_at: '2020-03-01' },
    };
    const once = (await mapped('ID,Box\n1,A\n2,B\n3,A\n', [item])).map(({ facts }) => facts[0]!);
    expect(once.map((one) => once.indexOf(one))).toEqual([0, 1, 0]);
    expect((await mapped('ID,Box\n7,A\n', [item]))[0]!.facts[0]!.instruction).toEqual(once[0]!.instruction);
  });

  it('that its form refuses names the foreign column', async () => {
    const rows = await mapped('ID,Pieces\n1,many\n', [
      { fact: 'loss', as: 'lost', columns: { happened_at: '2020-03-18', quantity: '{Pieces}' } },
    ]);
    expect(said(rows)).toEqual(['2 Pieces must be a whole number, such as 1500 or 1,500 (many)']);
  });
});

describe('rows', () => {
  const sent = {
    fact: 'dispatch',
    as: 'sent',
    columns: { happened_at: '2020-03-18', consignment: '{ID}', to: '{To}', item: '{Item}', quantity: '{N}' },
  };

  it('of one key that follow each other are lines of one fact', async () => {
    const rows = await mapped('ID,To,Item,N\n1,IT,MASK,5\n1,IT,GOWN,6\n2,ES,MASK,7\n', [sent]);
    expect(rows.map(({ row, rows }) => [row, rows])).toEqual([
      [2, 2],
      [4, 1],
    ]);
    expect(bodies(rows)[0]).toMatchObject({
      consignment: '1',
      lines: [
        { item: 'MASK', quantity: 5 },
        { item: 'GOWN', quantity: 6 },
      ],
    });
  });

  it('of one key that disagree are refused together', async () => {
    expect(said(await mapped('ID,To,Item,N\n1,IT,MASK,5\n1,ES,GOWN,6\n', [sent]))).toEqual([
      '3 To must be as in row 2 of the same entry (IT) (ES)',
    ]);
  });

  it('whose key comes back further down are refused there', async () => {
    const rows = await mapped('ID,To,Item,N\n1,IT,MASK,5\n2,IT,MASK,5\n1,IT,MASK,5\n', [sent]);
    expect(said(rows)).toEqual(['4 {ID} must be new: row 2 uses it, and rows of one key stand together (1)']);
  });

  it('without a key are known by their content', async () => {
    const ids = async (csv: string) =>
      (await mapped(csv, [sent], { key: undefined })).map(({ facts }) => facts[0]!.instruction.commandId);
    const one = await ids('ID,To,Item,N\n1,IT,MASK,5\n1,IT,MASK,5\n1,IT,MASK,6\n');
    expect(new Set(one).size).toBe(3);
    expect(await ids('ID,To,Item,N\n1,IT,MASK,6\n1,IT,MASK,5\n')).toEqual([one[2], one[0]]);
  });

  it('with one misfit are refused, and the others are read', async () => {
    const rows = await mapped('ID,To,Item,N\n1,IT,MASK,x\n2,IT,MASK,5\n', [sent]);
    expect(rows.map(({ facts, problems }) => [facts.length, problems.length])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});

describe('a file', () => {
  it('without a column that the mapping reads is refused before anything else', async () => {
    const facts = [fact({ consignment: '{Box}' }, { when: { column: 'State', is: 'OK' } })];
    await expect(mapped('ID,Boxes\n1,A\n', facts)).rejects.toThrow(
      'header must have the column "Box", which the mapping warehouse reads; the nearest is "Boxes"',
    );
    await expect(mapped('ID,Boxes\n1,A\n', facts)).rejects.toThrow('header must have the column "State"');
    await expect(mapped('Box,State\nA,OK\n', facts)).rejects.toThrow('"ID"');
  });

  it('is read in the encoding and with the separator of its mapping', async () => {
    const bytes = Buffer.concat([Buffer.from('ID|Box,No\n1|B'), Buffer.of(0xe9), Buffer.from('\n')]);
    const mapping = readMapping(
      JSON.stringify({ ...base, encoding: 'latin1', delimiter: '|', facts: [fact({ note: '{Box,No}' })] }),
    );
    expect(bodies([...(await readMapped(bytes, mapping, { encoding: 'auto' })).rows])).toEqual([
      { happenedAt: '2020-03-18', note: 'Bé' },
    ]);
    await expect(readMapped(bytes, mapping, { encoding: 'utf-8' })).rejects.toThrow('must be UTF-8, but line 2 is not');
  });
});

describe('a mapping is refused', () => {
  const columns = { happened_at: '2020-03-18' };
  const file = (change: object) =>
    JSON.stringify({ ...base, facts: [{ fact: 'arrival', as: 'a', columns }], ...change });
  const facts = (...list: object[]) => file({ facts: list });
  const cell = (rule: unknown) => facts({ fact: 'arrival', as: 'a', columns: { ...columns, note: rule } });
  it.each([
    ['that is no JSON', '{', 'mapping must be JSON'],
    ['that is a list', '[]', 'mapping must be an object'],
    ['with a property nobody knows', file({ fakts: [] }), 'fakts is not known here; did you mean facts?'],
    ['without a name', file({ name: undefined }), 'name must be 2 to 40 small letters'],
    ['that calls itself a logbook', file({ name: 'logbook' }), 'name must not be that of the plain logbook'],
    ['without facts', facts(), 'facts must be a list of at least one fact'],
    [
      'with a key without a column',
      file({ key: 'ID' }),
      'key must be a template with a column, such as "{ID}" (was "ID")',
    ],
    [
      'with an encoding nobody knows',
      file({ encoding: 'ebcdic' }),
      'encoding must be one of auto, utf-8, latin1 (was "ebcdic")',
    ],
    ['with a long separator', file({ delimiter: ';;' }), 'delimiter must be one character'],
    [
      'with a time zone nobody knows',
      file({ timeZone: 'Mars/Olympus' }),
      'timeZone must be a time zone such as Europe/Brussels',
    ],
    [
      'with a fact nobody knows',
      facts({ fact: 'arival', as: 'a', columns }),
      'facts[0].fact must be one of item, place',
    ],
    ['with a fact that is nothing', file({ facts: [null] }), 'facts[0] must be an object { … }'],
    [
      'with a fact without a word for its key',
      facts({ fact: 'arrival', columns }),
      'facts[0].as must be a word of small letters',
    ],
    [
      'with two facts of one key',
      facts({ fact: 'arrival', as: 'a', columns }, { fact: 'arrival', as: 'a', columns }),
      'facts[1].as must differ',
    ],
    [
      'with a fact without a date',
      facts({ fact: 'arrival', as: 'a', columns: {} }),
      'facts[0].columns.happened_at must say when',
    ],
    [
      'with a column its fact does not use',
      facts({ fact: 'arrival', as: 'a', columns: { ...columns, damaged: '1' } }),
      'facts[0].columns.damaged is not known here',
    ],
    [
      'that sets the entry itself',
      facts({ fact: 'arrival', as: 'a', columns: { ...columns, entry: '1' } }),
      'facts[0].columns.entry is not known here',
    ],
    ['with a cell from nowhere', cell({ number: true }), 'facts[0].columns.note must have either column or template'],
    [
      'with a cell from two places',
      cell({ column: 'A', template: 'B' }),
      'facts[0].columns.note must have either column or template',
    ],
    ['with a cell that is a number', cell(7), 'facts[0].columns.note must be an object { … } (was 7)'],
    [
      'with a map that is missing',
      cell({ column: 'A', map: 'x' }),
      'facts[0].columns.note.map must be a name in maps (was "x")',
    ],
    [
      'with a number form that is none',
      cell({ column: 'A', number: { thousands: 3 } }),
      'facts[0].columns.note.number.thousands must be the characters',
    ],
    [
      'with no date formats',
      cell({ column: 'A', dates: [] }),
      'facts[0].columns.note.dates must be a list of date formats',
    ],
    [
      'with a condition without a test',
      facts({ fact: 'arrival', as: 'a', columns, when: { column: 'A' } }),
      'facts[0].when must have exactly one of is, isNot, matches',
    ],
    [
      'with a pattern that is none',
      facts({ fact: 'arrival', as: 'a', columns, when: { column: 'A', matches: '(' } }),
      'facts[0].when.matches must be a regular expression',
    ],
    ['with a map of numbers', file({ maps: { m: { values: { a: 1 } } } }), 'maps.m.values.a must be a text'],
    [
      'with a void that names no entry',
      facts({ fact: 'void', as: 'a', columns }),
      'facts[0].columns.corrects must name the wrong entry',
    ],
  ])('%s', (_what, json, expected) => expect(() => readMapping(json)).toThrow(expected));

  it('with all its faults at once', () => {
    expect(() => readMapping(file({ name: '', timeZone: 'x' }))).toThrow(/name must be .*; timeZone must be /);
  });
});
