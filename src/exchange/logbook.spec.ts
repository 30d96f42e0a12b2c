// exchange: rows of a logbook as commands.
import { describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { eventId } from '../kernel/identifiers.js';
import { Invalid } from '../kernel/errors.js';
import { COLUMNS, type Column } from './forms.js';
import type { Filled, ImportRow, Instruction } from './instruction.js';
import { commandIdOf } from './keys.js';
import { readLogbook } from './logbook.js';

type Row = Filled & { fact: string };

const rowsOf = async (csv: string): Promise<ImportRow[]> => [...(await readLogbook(Buffer.from(csv))).rows];
const csvOf = (rows: readonly Row[]) => stringify([...rows], { header: true, columns: [...COLUMNS] });
const imported = (...rows: Row[]) => rowsOf(csvOf(rows));
const instruction = async (...rows: Row[]): Promise<Instruction> => {
  const [only, ...others] = await imported(...rows);
  expect([others, only!.problems]).toEqual([[], []]);
  return only!.facts[0]!.instruction;
};
const said = (rows: readonly ImportRow[]) => {
  return rows.flatMap(({ problems }) =>
    problems.map(({ row, field, rule, value }) => `${row} ${field} ${rule} (${String(value)})`),
  );
};

const when = { happened_at: '2020-03-18' };
const happened = { happenedAt: '2020-03-18' };
const goods = { item: 'MASK', donation: 'GIFT-1', lot: 'L1' };

describe('a fact word', () => {
  const cases: [Row, string, object][] = [
    [
      { fact: 'item', item: 'MASK', name: 'Mask', unit: 'piece' },
      'RegisterItem',
      { item: 'MASK', name: 'Mask', unit: 'piece' },
    ],
    [
      { fact: 'place', place: 'BELGG', name: 'Liege', kind: 'Hub', country: 'BE' },
      'RegisterPlace',
      { place: 'BELGG', name: 'Liege', kind: 'hub', country: 'BE' },
    ],
    [
      { fact: 'organisation', organisation: 'JMF', name: 'Foundation' },
      'RegisterOrganisation',
      { organisation: 'JMF', name: 'Foundation' },
    ],
    [
      { fact: 'pledge', donation: 'GIFT-1', donor: 'JMF' },
      'PledgeDonation',
      { donation: 'GIFT-1', donor: 'JMF', lines: [] },
    ],
    [
      { fact: 'Amend-Pledge', donation: 'GIFT-1', item: 'MASK', quantity: '1,000', destination: 'BE+FR' },
      'AmendPledge',
      { donation: 'GIFT-1', lines: [{ item: 'MASK', quantity: 1000, destination: 'BE+FR' }] },
    ],
    [{ fact: 'cancel-pledge', donation: 'GIFT-1' }, 'CancelPledge', { donation: 'GIFT-1' }],
    [
      {
        ...{
          fact: 'dispatch',
          consignment: 'BOX-1',
          from: 'CNSHA',
          to: 'BELGG',
          mode: 'Air',
          carrier: 'Cargo',
          vehicle: 'X1',
        },
        ...{ waybill: '123-4', eta: '2020-03-19', ...goods, quantity: '5', destination: 'IT' },
      },
      'DispatchConsignment',
      {
        ...{
          consignment: 'BOX-1',
          from: 'CNSHA',
          to: 'BELGG',
          mode: 'air',
          carrier: 'Cargo',
          vehicle: 'X1',
          waybill: '123-4',
        },
        ...{ eta: '2020-03-19', lines: [{ ...goods, quantity: 5, destination: 'IT' }] },
      },
    ],
    [
      { fact: 'arrival', consignment: 'BOX-1', place: 'BELGG' },
      'RecordArrival',
      { consignment: 'BOX-1', place: 'BELGG' },
    ],
    [
      {
        fact: 'receipt',
        consignment: 'BOX-1',
        place: 'BELGG',
        document: 'GRN-1',
        complete: 'Yes',
        ...goods,
        quantity: '4',
        damaged: '1',
      },
      'RecordReceipt',
      { consignment: 'BOX-1', hub: 'BELGG', grn: 'GRN-1', complete: true, lines: [{ ...goods, good: 4, damaged: 1 }] },
    ],
    [
      { fact: 'receipt', consignment: 'BOX-1', place: 'BELGG', item: 'MASK', quantity: '4' },
      'RecordReceipt',
      { consignment: 'BOX-1', hub: 'BELGG', complete: false, lines: [{ item: 'MASK', good: 4 }] },
    ],
    [
      { fact: 'delivery', consignment: 'BOX-1', recipient: 'HOSP', item: 'MASK', quantity: '4' },
      'RecordDelivery',
      { consignment: 'BOX-1', recipient: 'HOSP', proof: 'reported', lines: [{ item: 'MASK', accepted: 4 }] },
    ],
    [
      {
        ...{
          fact: 'delivery',
          consignment: 'BOX-1',
          recipient: 'HOSP',
          country: 'IT',
          proof: 'Confirmed',
          document: 'POD-1',
        },
        ...{
          ...goods,
          quantity: '4',
          rejected: '1',
          cause: 'Damaged',
          contradiction: 'confirmed',
          note: 'counted twice',
        },
      },
      'RecordDelivery',
      {
        ...{ consignment: 'BOX-1', recipient: 'HOSP', country: 'IT', proof: 'confirmed', pod: 'POD-1' },
        ...{
          lines: [{ ...goods, accepted: 4, rejected: 1, cause: 'damaged' }],
          contradiction: 'confirmed',
          note: 'counted twice',
        },
      },
    ],
    [
      { fact: 'loss', consignment: 'BOX-1', cause: 'stolen', ...goods, quantity: '2' },
      'RecordLoss',
      { consignment: 'BOX-1', cause: 'stolen', lines: [{ ...goods, quantity: 2 }] },
    ],
    [
      { fact: 'found', consignment: 'BOX-1', place: 'BELGG', ...goods, quantity: '2' },
      'RecordFound',
      { consignment: 'BOX-1', hub: 'BELGG', lines: [{ ...goods, quantity: 2 }] },
    ],
    [
      { fact: 'allocate', place: 'BELGG', ...goods, quantity: '2', destination: 'IT', earmark: 'Europe' },
      'AllocateStock',
      { hub: 'BELGG', ...goods, quantity: 2, to: 'IT', from: 'Europe' },
    ],
    [
      { fact: 'release', place: 'BELGG', ...goods, quantity: '2', destination: 'IT', earmark: 'Europe' },
      'ReleaseAllocation',
      { hub: 'BELGG', ...goods, quantity: 2, from: 'IT', to: 'Europe' },
    ],
    [
      { fact: 'item', item: 'MASK', name: 'Mask', unit: 'piece', packs: 'carton=2000 | box = 50' },
      'RegisterItem',
      {
        ...{ item: 'MASK', name: 'Mask', unit: 'piece' },
        packs: [
          { name: 'carton', holds: 2000 },
          { name: 'box', holds: 50 },
        ],
      },
    ],
    [
      {
        ...{
          fact: 'dispatch',
          consignment: 'BOX-1',
          from: 'CNSHA',
          to: 'IT',
          seals: 'S-1|S-2',
          containers: 'CSQU3054383',
        },
        ...{ ...goods, quantity: '5', pack: 'carton', expiry: '2022-06-30', serials: 'SN-1 | SN-2' },
      },
      'DispatchConsignment',
      {
        ...{ consignment: 'BOX-1', from: 'CNSHA', to: 'IT', seals: ['S-1', 'S-2'], containers: ['CSQU3054383'] },
        lines: [{ ...goods, quantity: 5, pack: 'carton', expiry: '2022-06-30', serials: ['SN-1', 'SN-2'] }],
      },
    ],
    [
      {
        ...{ fact: 'receipt', consignment: 'BOX-1', place: 'BELGG', counted_by: 'warehouse', attachments: 'ab|cd' },
        ...{ item: 'MASK', quantity: '4', pack: 'carton' },
      },
      'RecordReceipt',
      {
        ...{ consignment: 'BOX-1', hub: 'BELGG', complete: false, countedBy: 'warehouse', attachments: ['ab', 'cd'] },
        lines: [{ item: 'MASK', good: 4, pack: 'carton' }],
      },
    ],
    [
      { fact: 'delivery', consignment: 'BOX-1', recipient: 'HOSP', signed_by: 'P-17', item: 'MASK', quantity: '0' },
      'RecordDelivery',
      {
        ...{ consignment: 'BOX-1', recipient: 'HOSP', proof: 'reported', signedBy: 'P-17' },
        lines: [{ item: 'MASK', accepted: 0 }],
      },
    ],
    [
      { fact: 'return', consignment: 'BOX-1', place: 'BELGG', ...goods, quantity: '2' },
      'RecordReturn',
      { consignment: 'BOX-1', hub: 'BELGG', lines: [{ ...goods, quantity: 2 }] },
    ],
    [
      { fact: 'return', consignment: 'BOX-1', ...goods, quantity: '2' },
      'RecordReturn',
      { consignment: 'BOX-1', lines: [{ ...goods, quantity: 2 }] },
    ],
    [{ fact: 'close', consignment: 'BOX-1' }, 'CloseConsignment', { consignment: 'BOX-1' }],
    [
      {
        ...{ fact: 'customs-entry', consignment: 'BOX-1', place: 'BELGG', mrn: '20beexample00001r4', procedure: 'r' },
        ...{ relief_basis: 'Decision (EU) 2020/491', export_authorisation: 'X-1' },
        ...{ item: 'MASK', hs_code: '6307909810', hs_edition: 'hs2017', hs_authority: 'eu' },
      },
      'RecordCustomsEntry',
      {
        ...{ consignment: 'BOX-1', place: 'BELGG', mrn: '20BEEXAMPLE00001R4', procedure: 'R' },
        ...{ reliefBasis: 'Decision (EU) 2020/491', exportAuthorisation: 'X-1' },
        lines: [{ item: 'MASK', hsCode: '6307909810', hsEdition: 'HS2017', hsAuthority: 'EU' }],
      },
    ],
    [
      { fact: 'customs-hold', consignment: 'BOX-1', place: 'BELGG', reason: 'papers' },
      'RecordCustomsHold',
      { consignment: 'BOX-1', place: 'BELGG', reason: 'papers' },
    ],
    [
      { fact: 'customs-clearance', consignment: 'BOX-1', place: 'BELGG' },
      'RecordCustomsClearance',
      { consignment: 'BOX-1', place: 'BELGG', lines: [] },
    ],
    [
      { fact: 'customs-refusal', consignment: 'BOX-1', place: 'BELGG', reason: 'papers' },
      'RecordCustomsRefusal',
      { consignment: 'BOX-1', place: 'BELGG', reason: 'papers' },
    ],
    [
      { fact: 'count', place: 'BELGG', counted_by: 'warehouse', ...goods, quantity: '3', pack: 'box', earmark: 'IT' },
      'CountStock',
      { hub: 'BELGG', countedBy: 'warehouse', lines: [{ ...goods, counted: 3, pack: 'box', earmark: 'IT' }] },
    ],
    [
      {
        ...{ fact: 'write-off', place: 'BELGG', ...goods, quantity: '2' },
        ...{ out_of: 'Damaged', cause: 'Destroyed', earmark: 'IT' },
      },
      'WriteOffStock',
      { hub: 'BELGG', ...goods, quantity: 2, outOf: 'damaged', cause: 'destroyed', earmark: 'IT' },
    ],
    [
      { fact: 'hold-lot', item: 'MASK', lot: 'L-1a', reason: 'filters leak' },
      'HoldLot',
      { item: 'MASK', lot: 'L-1a', reason: 'filters leak' },
    ],
    [
      { fact: 'recall-lot', item: 'MASK', lot: 'L-1a', reason: 'filters leak' },
      'RecallLot',
      { item: 'MASK', lot: 'L-1a', reason: 'filters leak' },
    ],
    [{ fact: 'release-lot', item: 'MASK', lot: 'L-1a' }, 'ReleaseLot', { item: 'MASK', lot: 'L-1a' }],
    [
      {
        ...{ fact: 'request', request: 'NEED-1', country: 'IT', recipient: 'HOSP', item: 'MASK', quantity: '5' },
        ...{ pack: 'carton', needed_by: '2020-03-31' },
      },
      'RecordRequest',
      {
        ...{ request: 'NEED-1', country: 'IT', requester: 'HOSP', item: 'MASK', quantity: 5 },
        ...{ pack: 'carton', neededBy: '2020-03-31' },
      },
    ],
    [{ fact: 'withdraw-request', request: 'NEED-1' }, 'WithdrawRequest', { request: 'NEED-1' }],
  ];
  it.each(cases)('%j is %s', async (row, command, body) => {
    expect(await instruction({ ...row, ...when })).toMatchObject({ command, body: { ...body, ...happened } });
    expect((await instruction({ ...row, ...when })).body).toEqual({ ...body, ...happened });
  });
});

describe('an entry', () => {
  const line = { fact: 'delivery', entry: 'D-1', consignment: 'BOX-1', recipient: 'HOSP', ...when };

  it('over several rows is one fact with as many lines', async () => {
    const rows = [
      { ...line, item: 'MASK', quantity: '4' },
      { entry: 'D-1', fact: 'delivery', item: 'GOWN', quantity: '5' },
    ];
    const [only] = await imported(...rows);
    expect(only).toMatchObject({ row: 2, rows: 2, key: 'D-1', problems: [] });
    expect(only!.facts[0]!.instruction.body).toMatchObject({
      lines: [
        { item: 'MASK', accepted: 4 },
        { item: 'GOWN', accepted: 5 },
      ],
    });
  });

  it('must say the same of the whole fact in each row', async () => {
    const rows = await imported(
      { ...line, item: 'MASK', quantity: '4' },
      { ...line, recipient: 'OTHER', item: 'GOWN', quantity: '5' },
    );
    expect(said(rows)).toEqual(['3 recipient must be as in row 2 of the same entry (HOSP) (OTHER)']);
  });

  it('with one bad row is refused whole', async () => {
    const rows = await imported({ ...line, item: 'MASK', quantity: '4' }, { ...line, item: 'GOWN', quantity: 'many' });
    expect(rows.map(({ facts }) => facts)).toEqual([[]]);
    expect(said(rows)).toEqual(['3 quantity must be a whole number, such as 1500 or 1,500 (many)']);
  });

  it('that comes back further down is refused there, naming the first row', async () => {
    const rows = await imported(line, { ...line, entry: 'D-2' }, line);
    expect(said(rows)).toEqual(['4 entry must be new: row 2 uses it, and rows of one entry stand together (D-1)']);
  });

  it('that comes back as another fact is refused there', async () => {
    const rows = await imported(line, { fact: 'arrival', entry: 'D-1', consignment: 'BOX-1', place: 'BELGG', ...when });
    expect(said(rows)).toEqual(['3 entry must be new: row 2 uses it, and rows of one entry stand together (D-1)']);
  });

  it('of a fact without lines is a single row', async () => {
    const row = { fact: 'cancel-pledge', entry: 'C-1', donation: 'GIFT-1', ...when };
    expect(said(await imported(row, row))).toEqual(['3 entry must not repeat row 2: this fact is a single row (C-1)']);
  });

  it('gives the same command id in every file', async () => {
    const again = await rowsOf('fact;recipient;entry;happened_at;consignment\ndelivery;HOSP;D-1;2020-03-18;BOX-1\n');
    expect(again[0]!.facts[0]!.instruction.commandId).toBe(commandIdOf('logbook', 'D-1'));
    expect((await instruction(line)).commandId).toBe(commandIdOf('logbook', 'D-1'));
  });
});

describe('a row without an entry', () => {
  const row = { fact: 'arrival', consignment: 'BOX-1', place: 'BELGG', ...when };
  const ids = (rows: ImportRow[]) => rows.map(({ facts }) => facts[0]!.instruction.commandId);

  it('is known by its content, whatever the order of columns and rows', async () => {
    const one = ids(
      await rowsOf(
        'fact,consignment,place,happened_at\narrival,BOX-1,BELGG,2020-03-18\narrival,BOX-2,BELGG,2020-03-18\n',
      ),
    );
    const other = ids(
      await rowsOf(
        'place;happened_at;fact;consignment;note\nBELGG;2020-03-18; arrival;BOX-2;\nBELGG;2020-03-18;arrival;BOX-1 ;\n',
      ),
    );
    expect(other).toEqual([...one].reverse());
  });

  it('counts as often as it stands in the file', async () => {
    const twice = ids(await imported(row, row));
    expect(new Set(twice).size).toBe(2);
    expect(ids(await imported(row, row, row)).slice(0, 2)).toEqual(twice);
  });
});

describe('a row is refused', () => {
  it.each<[string, Row, string]>([
    ['without a fact', { fact: '', ...when, item: 'X' }, 'fact must say what happened: item, place,'],
    [
      'with a fact nobody knows',
      { fact: 'delivry', ...when },
      'fact must be a fact word; did you mean delivery? (delivry)',
    ],
    ['without a date', { fact: 'cancel-pledge', donation: 'GIFT-1' }, 'happened_at must say when it happened'],
    [
      'with a cell its fact does not use',
      { fact: 'arrival', ...when, consignment: 'B-1', damaged: '5' },
      'damaged is not a column of arrival: leave it empty (5)',
    ],
    [
      'with a negative quantity',
      { fact: 'loss', ...when, quantity: '-5' },
      'quantity must be a whole number, such as 1500 or 1,500 (-5)',
    ],
    ['with a strange yes', { fact: 'receipt', ...when, complete: 'almost' }, 'complete must be yes or no (almost)'],
    [
      'as void of nothing',
      { fact: 'void', ...when, consignment: 'B-1' },
      'corrects must name the entry that did not occur',
    ],
  ])('%s', async (_why, row, expected) => expect(said(await imported(row)).join()).toContain(expected));

  it('alone: the others are read', async () => {
    const rows = await imported({ fact: 'nothing', ...when }, { fact: 'cancel-pledge', donation: 'GIFT-1', ...when });
    expect(rows.map(({ facts }) => facts.length)).toEqual([0, 1]);
  });

  it('whole when it has too many cells', async () => {
    expect(said(await rowsOf('fact,happened_at\nitem,2020-03-18,x\n'))[0]).toContain(
      '2 row must have 2 cells as the header has, not 3',
    );
  });
});

describe('a file is refused', () => {
  it.each([
    [
      'with a column nobody knows, naming the nearest',
      'fact,happened_at,quantitty\n',
      'header is not a column of the logbook; did you mean quantity? (was "quantitty")',
    ],
    ['without the column fact', 'happened_at,item\n', 'header must have the column fact'],
    ['without the column happened_at', 'fact,item\n', 'header must have the column happened_at'],
  ])('%s', async (_why, csv, expected) => {
    await expect(rowsOf(csv)).rejects.toThrow(Invalid);
    await expect(rowsOf(csv)).rejects.toThrow(expected);
  });
});

describe('a correction', () => {
  const wrong = {
    fact: 'dispatch',
    entry: 'B-1',
    consignment: 'box-1',
    from: 'BELGG',
    to: 'IT',
    item: 'MASK',
    quantity: '5',
    ...when,
  };
  const later = { happened_at: '2020-03-20', note: 'typed twice' };
  const about = (entry: string) => eventId('consignment-BOX-1', commandIdOf('logbook', entry), 0);
  const last = async (...rows: Row[]) => (await imported(...rows)).at(-1)!.facts[0]!.instruction;

  it('restates the fact as it should have been; it happened when it was reported', async () => {
    const row = {
      ...wrong,
      entry: 'B-2',
      corrects: 'B-1',
      quantity: '6',
      reported_at: '2020-03-20',
      note: 'counted again',
    };
    expect(await instruction(row)).toEqual({
      command: 'CorrectEntry',
      commandId: commandIdOf('logbook', 'B-2'),
      target: { room: 'consignment', about: { consignment: 'BOX-1' } },
      body: {
        ...{
          event: about('B-1'),
          reason: 'incorrect_data',
          note: 'counted again',
          happenedAt: '2020-03-20',
          reportedAt: '2020-03-20',
        },
        restated: {
          command: 'DispatchConsignment',
          body: {
            ...{ consignment: 'box-1', from: 'BELGG', to: 'IT', note: 'counted again', ...happened },
            lines: [{ item: 'MASK', quantity: 6 }],
          },
        },
      },
    });
  });

  it('voids an entry further up without naming its record', async () => {
    expect(await last(wrong, { fact: 'void', entry: 'B-2', corrects: 'B-1', ...later })).toMatchObject({
      target: { room: 'consignment', about: { consignment: 'BOX-1' } },
      body: { event: about('B-1'), reason: 'did_not_occur', happenedAt: '2020-03-20', note: 'typed twice' },
    });
  });

  it('of a correction finds the record through it', async () => {
    const restated = { ...wrong, entry: 'B-2', corrects: 'B-1', note: 'counted again' };
    expect(await last(wrong, restated, { fact: 'void', entry: 'B-3', corrects: 'B-2', ...later })).toMatchObject({
      target: { room: 'consignment', about: { consignment: 'BOX-1' } },
      body: { event: about('B-2') },
    });
  });

  it.each<[string, Filled, { room: string; about: Record<string, string> }]>([
    ['a consignment', { consignment: 'BOX-1' }, { room: 'consignment', about: { consignment: 'BOX-1' } }],
    ['a donation', { donation: 'GIFT-1' }, { room: 'donation', about: { donation: 'GIFT-1' } }],
    ['a hub', { place: 'belgg' }, { room: 'hub', about: { hub: 'BELGG' } }],
    [
      'a registered place',
      { place: 'BELGG', kind: 'hub' },
      { room: 'catalogue', about: { kind: 'place', id: 'BELGG' } },
    ],
    ['a registered item', { item: 'MASK' }, { room: 'catalogue', about: { kind: 'item', id: 'MASK' } }],
    [
      'a registered organisation',
      { organisation: 'JMF' },
      { room: 'catalogue', about: { kind: 'organisation', id: 'JMF' } },
    ],
    [
      'a request',
      { request: 'need-1', country: 'IT', item: 'MASK' },
      { room: 'request', about: { request: 'NEED-1' } },
    ],
    ['a copied dispatch', { ...wrong, donation: 'GIFT-1' }, { room: 'consignment', about: { consignment: 'BOX-1' } }],
    [
      'a copied allocation',
      { place: 'BELGG', item: 'MASK', donation: 'GIFT-1' },
      { room: 'hub', about: { hub: 'BELGG' } },
    ],
    [
      'a copied pledge',
      { donation: 'GIFT-1', donor: 'JMF', item: 'MASK' },
      { room: 'donation', about: { donation: 'GIFT-1' } },
    ],
  ])('voids %s of another file by its columns', async (_what, cells, target) => {
    expect(await last({ ...cells, fact: 'void', entry: 'V-1', corrects: 'OLD-1', ...later })).toMatchObject({
      target,
      body: {
        event: eventId([target.room, ...Object.values(target.about)].join('-'), commandIdOf('logbook', 'OLD-1'), 0),
      },
    });
  });

  it('restates a hold of a lot, whose name keeps its small letters', async () => {
    const row = {
      fact: 'hold-lot',
      corrects: 'H-1',
      item: 'mask',
      lot: 'L-1a',
      reason: 'filters leak',
      note: 'other lot',
    };
    expect(await instruction({ ...row, ...when })).toMatchObject({
      target: { room: 'lot', about: { item: 'MASK', lot: 'L-1a' } },
      body: { event: eventId('lot-MASK/L-1a', commandIdOf('logbook', 'H-1'), 0), restated: { command: 'HoldLot' } },
    });
  });

  it('says why, and what it is about', async () => {
    expect(said(await imported({ fact: 'void', corrects: 'OLD-1', ...when }))).toEqual([
      '2 note must say why the entry is corrected (undefined)',
      '2 corrects is not an entry of this file before this row: name the consignment, donation or place of the wrong entry too (OLD-1)',
    ]);
  });

  it('lets no other row pass', async () => {
    const [, voided] = await imported(wrong, { fact: 'void', entry: 'B-2', corrects: 'B-1', ...later });
    expect(voided!.facts[0]!.writes).toContain('*');
  });
});

describe('what a row touches', () => {
  const touched = async (row: Row) => {
    const { writes, reads, adjusts } = (await imported({ ...row, ...when }))[0]!.facts[0]!;
    return [writes, reads, adjusts];
  };
  it.each<[Row, string[], string[], string[]]>([
    [{ fact: 'item', item: 'mask' }, ['item:MASK'], ['item:MASK', '*'], []],
    [
      { fact: 'pledge', donation: 'G-1', donor: 'JMF' },
      ['donation:G-1'],
      ['donation:G-1', 'organisation:JMF', '*'],
      [],
    ],
    [
      { fact: 'dispatch', consignment: 'B-1', from: 'BELGG', to: 'IT', item: 'MASK' },
      ['consignment:B-1', 'stock:BELGG'],
      ['consignment:B-1', 'item:MASK', 'place:BELGG', 'place:IT', '*'],
      [],
    ],
    [
      { fact: 'receipt', consignment: 'B-1', place: 'BELGG' },
      ['consignment:B-1'],
      ['consignment:B-1', 'place:BELGG', '*'],
      ['stock:BELGG'],
    ],
    [{ fact: 'allocate', place: 'BELGG', destination: 'IT' }, ['hub:BELGG', 'stock:BELGG'], ['place:BELGG', '*'], []],
  ])('%j', async (row, ...expected) => expect(await touched(row)).toEqual(expected));
});

describe('any delivery', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((any) => any.replace(/[\r\0]/g, '').trim() || 'x');
  const cells = fc.record({
    consignment: text,
    recipient: text,
    document: text,
    note: text,
    item: text,
    lot: text,
    quantity: fc.nat(),
  });

  it('is the same after writing and reading, whatever stands in its cells and between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        cells,
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        async (row, delimiter, bom, record_delimiter) => {
          const columns: Column[] = [
            'fact',
            'happened_at',
            'consignment',
            'recipient',
            'document',
            'note',
            'item',
            'lot',
            'quantity',
          ];
          const options = { header: true, columns, delimiter, bom, record_delimiter };
          const csv = stringify([{ ...row, fact: 'delivery', happened_at: '2020-03-18' }], options);
          const { consignment, recipient, document: pod, note, item, lot, quantity: accepted } = row;
          expect((await rowsOf(csv))[0]!.facts[0]!.instruction.body).toEqual({
            ...{
              consignment,
              recipient,
              pod,
              note,
              proof: 'reported',
              happenedAt: '2020-03-18',
              lines: [{ item, lot, accepted }],
            },
          });
        },
      ),
    );
  });
});
