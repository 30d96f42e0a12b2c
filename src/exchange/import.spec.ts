// exchange: what becomes of the rows of a file.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Contradicts, Invalid, Refused, Unknown } from '../kernel/errors.js';
import type { Answer } from '../kernel/transact.js';
import { importRows, type ImportOptions } from './import.js';
import type { Instruction, Recorder } from './instruction.js';
import { commandIdOf } from './keys.js';
import { readLogbook } from './logbook.js';
import { readMapped, readMapping } from './mapping.js';

/** Remembers what it was sent; says no where it is told to. */
class Desk implements Recorder {
  readonly calls: Instruction[][] = [];
  readonly known = new Set<string>();
  readonly begun: string[] = [];
  readonly ended: string[] = [];

  constructor(
    private readonly check: (instruction: Instruction) => void = () => {},
    private readonly wait: (call: number) => Promise<void> = async () => {},
  ) {}

  async record(instructions: readonly Instruction[]): Promise<Answer[]> {
    this.calls.push([...instructions]);
    this.begun.push(label(instructions[0]!));
    await this.wait(this.calls.length);
    this.ended.push(label(instructions[0]!));
    instructions.forEach(this.check);
    return instructions.map(({ commandId }) => {
      const repeated = this.known.has(commandId);
      this.known.add(commandId);
      return { stream: '', version: 0, position: 0, events: [], doubtful: [], repeated };
    });
  }
}

function label({ command, body }: Instruction): string {
  const { consignment, item, hub, donation, place, organisation } = body as Record<string, string>;
  return `${command} ${consignment ?? hub ?? item ?? donation ?? place ?? organisation ?? ''}`;
}

const HEADER =
  'entry,fact,happened_at,consignment,from,to,place,recipient,organisation,donation,donor,item,quantity,name,kind,unit,corrects,note';
const row = (cells: Record<string, string>) =>
  HEADER.split(',')
    .map((name) => cells[name] ?? (name === 'happened_at' ? '2020-03-18' : ''))
    .join(',');
const logbook = (...rows: Record<string, string>[]) => readLogbook(Buffer.from([HEADER, ...rows.map(row)].join('\n')));
const run = (desk: Recorder, rows: Record<string, string>[], options?: ImportOptions) =>
  logbook(...rows).then((source) => importRows(source, desk, options));
const arrival = (consignment: string) => ({ fact: 'arrival', consignment, place: 'BELGG', entry: `A-${consignment}` });
const outcomes = ({ results }: { results: readonly { outcome: string }[] }) => results.map(({ outcome }) => outcome);

describe('a row', () => {
  it('is accepted, and already there the second time', async () => {
    const desk = new Desk();
    expect(await run(desk, [arrival('B-1'), arrival('B-2')])).toMatchObject({
      rows: 2,
      facts: 2,
      accepted: 2,
      alreadyThere: 0,
      refused: 0,
    });
    expect(await run(desk, [arrival('B-1'), arrival('B-2')])).toMatchObject({
      rows: 2,
      facts: 0,
      accepted: 0,
      alreadyThere: 2,
      refused: 0,
    });
  });

  it('that fails never stops the others', async () => {
    const desk = new Desk(({ body }) => {
      if ((body as { consignment: string }).consignment === 'B-2')
        throw new Unknown('consignment', 'B-2', 'Dispatch it first.');
    });
    const result = await run(desk, [arrival('B-1'), arrival('B-2'), { fact: 'nonsense' }, arrival('B-3')]);
    expect(outcomes(result)).toEqual(['accepted', 'refused', 'refused', 'accepted']);
    expect(result.results[1]).toMatchObject({
      row: 3,
      code: 'UNKNOWN',
      message: 'There is no consignment B-2. Dispatch it first.',
    });
    expect(result).toMatchObject({ rows: 4, facts: 2, accepted: 2, refused: 2 });
  });

  it.each([
    ['Refused', new Refused('CONSIGNMENT_EXISTS', 'It left before.'), 'CONSIGNMENT_EXISTS', 'It left before.'],
    [
      'COMMAND_ID_REUSED',
      new Refused('COMMAND_ID_REUSED', 'Recorded before with other content.'),
      'COMMAND_ID_REUSED',
      'Recorded before',
    ],
    [
      'Contradicts',
      new Contradicts('The books hold 5 less.', {}),
      'CONTRADICTS_BOOKS',
      'send it again with contradiction',
    ],
    [
      'Invalid',
      new Invalid([{ field: 'place', rule: 'must be a place', value: '?' }]),
      'INVALID',
      'place must be a place (was ?)',
    ],
  ])('says why it was refused: %s', async (_kind, error, code, message) => {
    const { results } = await run(
      new Desk(() => {
        throw error;
      }),
      [arrival('B-1')],
    );
    expect(results[0]).toMatchObject({ outcome: 'refused', code, message: expect.stringContaining(message) });
  });

  it('of several lines is named by the row and column of the line at fault', async () => {
    const fault = new Invalid([
      { field: 'lines[1].accepted', rule: 'must be a whole number', value: 0 },
      { field: 'pod', rule: 'must be a reference', value: '?' },
    ]);
    const line = { fact: 'delivery', entry: 'D-1', consignment: 'B-1', recipient: 'H', item: 'MASK', quantity: '5' };
    const { results, refused } = await run(
      new Desk(() => {
        throw fault;
      }),
      [arrival('B-2'), line, { ...line, item: 'GOWN', quantity: '0' }],
    );
    expect(results[1]).toMatchObject({
      ...{ row: 3, columns: ['quantity', 'document'] },
      message: 'row 4: quantity must be a whole number (was 0); document must be a reference (was ?)',
    });
    expect(refused).toBe(3);
  });

  it('whose refusal is no answer but a fault of the machine ends the import, naming the row', async () => {
    const desk = new Desk(({ body }) => {
      if ((body as { consignment: string }).consignment === 'B-2') throw new Error('disk full');
    });
    await expect(run(desk, [arrival('B-1'), arrival('B-2'), arrival('B-3')])).rejects.toThrow(
      'The import stopped at row 3: disk full',
    );
    expect(desk.known.size).toBe(2);
  });
});

describe('facts of one source row', () => {
  const mapping = readMapping(
    JSON.stringify({
      ...{ name: 'warehouse', key: '{ID}' },
      facts: [
        {
          fact: 'dispatch',
          as: 'sent',
          columns: {
            happened_at: '2020-03-18',
            consignment: '{Box}',
            from: 'CN',
            to: 'IT',
            item: '{Item}',
            quantity: '5',
          },
        },
        {
          fact: 'item',
          once: true,
          columns: { happened_at: '2020-03-01', item: '{Item}', name: '{Name}', unit: 'piece' },
        },
        {
          fact: 'delivery',
          as: 'delivered',
          columns: { happened_at: '2020-03-18', consignment: '{Box}', recipient: 'H', item: '{Item}', quantity: '5' },
        },
      ],
    }),
  );
  const csv = (...rows: string[]) => readMapped(Buffer.from(['ID,Box,Item,Name', ...rows].join('\n')), mapping);
  const commands = (desk: Desk) => desk.calls.map((call) => call.map(label).join(' + '));

  it('on one consignment go together, after what they name', async () => {
    const desk = new Desk();
    await importRows(await csv('1,B-1,MASK,Mask'), desk);
    expect(commands(desk)).toEqual(['RegisterItem MASK', 'DispatchConsignment B-1 + RecordDelivery B-1']);
  });

  it('that many rows repeat are sent once', async () => {
    const desk = new Desk();
    const result = await importRows(await csv('1,B-1,MASK,Mask', '2,B-2,MASK,Mask', '3,B-3,MASK,Other mask'), desk);
    expect(commands(desk).filter((name) => name.startsWith('RegisterItem'))).toHaveLength(2);
    expect(result).toMatchObject({ facts: 8, accepted: 3 });
  });

  it('that many rows repeat are refused in each of them', async () => {
    const desk = new Desk(({ command }) => {
      if (command === 'RegisterItem')
        throw new Refused('ALREADY_REGISTERED', 'MASK is registered with another description.');
    });
    const result = await importRows(await csv('1,B-1,MASK,Mask', '2,B-2,MASK,Mask'), desk);
    expect(result.results.map(({ code }) => code)).toEqual(['ALREADY_REGISTERED', 'ALREADY_REGISTERED']);
    expect(commands(desk)).toEqual(['RegisterItem MASK']);
  });

  it('are refused together, and counted once', async () => {
    const desk = new Desk(({ command }) => {
      if (command === 'RecordDelivery')
        throw new Invalid([{ field: 'lines[0].item', rule: 'must be a reference', value: 'MASK' }]);
    });
    const result = await importRows(await csv('1,B-1,MASK,Mask'), desk);
    expect(result).toMatchObject({ rows: 1, facts: 1, refused: 1, accepted: 0 });
    expect(result.results[0]).toMatchObject({ message: 'Item must be a reference (was MASK)', columns: ['Item'] });
  });
});

describe('rows side by side', () => {
  const later = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
  const order = async (rows: Record<string, string>[], options?: ImportOptions) => {
    // The first call takes longest, so that whoever does not wait for it overtakes it.
    const desk = new Desk(undefined, async (call) => (call === 1 ? later() : undefined));
    await run(desk, rows, options);
    return desk.ended;
  };
  const dispatch = (consignment: string, from: string) => ({
    fact: 'dispatch',
    entry: `S-${consignment}`,
    consignment,
    from,
    to: 'IT',
    item: 'MASK',
    quantity: '5',
  });
  const receipt = (consignment: string, place: string) => ({
    fact: 'receipt',
    entry: `R-${consignment}`,
    consignment,
    place,
    item: 'MASK',
    quantity: '5',
  });
  const item = { fact: 'item', item: 'MASK', name: 'Mask', unit: 'piece' };

  it.each<[string, Record<string, string>[], 'in order' | 'overtaking']>([
    ['a consignment that has not left yet is waited for', [dispatch('B-1', 'CN'), arrival('B-1')], 'in order'],
    ['an item that is being registered is waited for', [item, dispatch('B-1', 'CN')], 'in order'],
    [
      'a recipient that is being registered is waited for',
      [
        { fact: 'organisation', organisation: 'H' },
        { fact: 'delivery', consignment: 'B-1', recipient: 'h' },
      ],
      'in order',
    ],
    ['stock that is being counted is waited for', [receipt('B-1', 'BELGG'), dispatch('B-2', 'BELGG')], 'in order'],
    ['two departures from one hub keep their order', [dispatch('B-1', 'BELGG'), dispatch('B-2', 'BELGG')], 'in order'],
    ['a mention is waited for by what changes the thing', [dispatch('B-1', 'CN'), item], 'in order'],
    [
      'another receipt at the same hub is not waited for',
      [receipt('B-1', 'BELGG'), receipt('B-2', 'BELGG')],
      'overtaking',
    ],
    [
      'goods that leave are waited for by what arrives',
      [dispatch('B-1', 'BELGG'), receipt('B-2', 'BELGG')],
      'in order',
    ],
    ['other consignments are not waited for', [arrival('B-1'), arrival('B-2')], 'overtaking'],
    ['other hubs are not waited for', [receipt('B-1', 'BELGG'), dispatch('B-2', 'ESZAZ')], 'overtaking'],
    [
      'everything waits for a correction',
      [{ fact: 'void', corrects: 'OLD', consignment: 'B-9', note: 'typed twice' }, arrival('B-1')],
      'in order',
    ],
    [
      'a correction waits for everything',
      [arrival('B-1'), { fact: 'void', corrects: 'OLD', consignment: 'B-9', note: 'typed twice' }],
      'in order',
    ],
  ])('%s', async (_rule, rows, expected) => {
    const names = [...(await logbook(...rows)).rows].map(({ facts }) => label(facts[0]!.instruction));
    expect(await order(rows)).toEqual(expected === 'in order' ? names : [...names].reverse());
  });

  it('about one record are recorded by one call', async () => {
    const desk = new Desk();
    const rows = [dispatch('B-1', 'CN'), arrival('B-1'), arrival('B-2'), { ...arrival('B-1'), entry: 'A-2' }];
    const result = await run(desk, rows, { isHub: () => false });
    expect(desk.calls.map((call) => call.map(label))).toEqual([
      ['DispatchConsignment B-1', 'RecordArrival B-1', 'RecordArrival B-1'],
      ['RecordArrival B-2'],
    ]);
    expect(result).toMatchObject({ rows: 4, facts: 4, accepted: 4 });
  });

  it('about one record are tried one by one when one of them is refused', async () => {
    const desk = new Desk(({ command }) => {
      if (command === 'RecordArrival') throw new Invalid([{ field: 'place', rule: 'must be a place', value: '?' }]);
    });
    const rows = [dispatch('B-1', 'CN'), arrival('B-1'), { ...dispatch('B-1', 'CN'), entry: 'S-2' }];
    const result = await run(desk, rows, { isHub: () => false });
    expect(outcomes(result)).toEqual(['accepted', 'refused', 'accepted']);
    expect(result).toMatchObject({ facts: 2, accepted: 2, refused: 1 });
    expect([...desk.known]).toHaveLength(2);
  });

  it('about one record do not go together past a row between them that both depend on', async () => {
    const desk = new Desk();
    const rows = [receipt('B-1', 'BELGG'), dispatch('B-2', 'BELGG'), receipt('B-1', 'BELGG'), arrival('B-2')];
    await run(
      desk,
      rows.map((one, index) => ({ ...one, entry: `E-${index}` })),
    );
    expect(desk.ended).toEqual([
      ...['RecordReceipt B-1', 'DispatchConsignment B-2', 'RecordReceipt B-1', 'RecordArrival B-2'],
    ]);
  });

  it('departures from what is no hub are not waited for', async () => {
    const rows = [dispatch('B-1', 'CNSHA'), dispatch('B-2', 'CNSHA')];
    expect(await order(rows, { isHub: () => false })).toEqual(['DispatchConsignment B-2', 'DispatchConsignment B-1']);
  });

  it('departures from a warehouse that the file registers are not waited for', async () => {
    const place = { fact: 'place', place: 'CNSHA', name: 'Warehouse', kind: 'warehouse' };
    const desk = new Desk(undefined, async (call) => (call === 2 ? later() : undefined));
    await run(desk, [place, dispatch('B-1', 'CNSHA'), dispatch('B-2', 'CNSHA')]);
    expect(desk.ended).toEqual(['RegisterPlace CNSHA', 'DispatchConsignment B-2', 'DispatchConsignment B-1']);
  });

  it('do not wait for each other because they name the same item', async () => {
    const columns = { happened_at: '2020-03-01', item: 'MASK', name: 'Mask', unit: 'piece' };
    const box = { happened_at: '2020-03-18', consignment: '{Box}', place: 'BELGG' };
    const mapping = {
      name: 'warehouse',
      facts: [
        { fact: 'item', once: true, columns },
        { fact: 'arrival', as: 'there', columns: box },
      ],
    };
    const desk = new Desk(undefined, async (call) => (call === 3 ? later() : undefined));
    await importRows(await readMapped(Buffer.from('Box\nB-1\nB-2\nB-3\n'), readMapping(JSON.stringify(mapping))), desk);
    expect(desk.ended).toEqual(['RegisterItem MASK', 'RecordArrival B-1', 'RecordArrival B-3', 'RecordArrival B-2']);
  });

  it('are never more than the window', async () => {
    const desk = new Desk(undefined, later);
    let most = 0;
    const counting: Recorder = {
      record: (instructions) => {
        most = Math.max(most, desk.begun.length + 1 - desk.ended.length);
        return desk.record(instructions);
      },
    };
    await run(
      counting,
      Array.from({ length: 40 }, (_, index) => arrival(`B-${index}`)),
      { window: 8 },
    );
    expect(most).toBe(8);
  });

  describe('a correction of a consignment that begins in the file', () => {
    const void_ = { fact: 'void', corrects: 'R-B-1', note: 'typed twice' };
    const first = receipt('B-1', 'BELGG');
    const restated = { ...first, entry: 'C-1', corrects: 'R-B-1', note: 'typed twice' };
    const known = { isNew: () => true };
    const ended = async (options: ImportOptions, ...rows: Record<string, string>[]) =>
      (await order(rows, options)).at(-1);

    it('waits for what stands before it about that consignment, and is recorded with it', async () => {
      const desk = new Desk();
      await run(desk, [first, arrival('B-2'), void_, arrival('B-1')], known);
      expect(desk.calls.map((call) => call.map(({ command }) => command))).toEqual([
        ['RecordReceipt', 'CorrectEntry', 'RecordArrival'],
        ['RecordArrival'],
      ]);
    });

    it('is not waited for by other consignments', async () => {
      const rows = [first, arrival('B-2'), { ...void_, entry: 'V-1' }, arrival('B-3')];
      expect(await ended(known, ...rows)).toBe('RecordReceipt B-1');
      expect(await ended({}, ...rows)).toBe('RecordArrival B-3');
    });

    it.each<[string, Record<string, string>[]]>([
      ['it was counted into', [first, dispatch('B-3', 'BELGG'), void_]],
      ['it was taken out of', [dispatch('B-1', 'BELGG'), { ...void_, corrects: 'S-B-1' }]],
      ['it should have been counted into', [receipt('B-1', 'ESZAZ'), dispatch('B-3', 'ESZAZ'), restated]],
    ])('is waited for by what is decided on stock that %s', async (_which, rows) => {
      const desk: Desk = new Desk(undefined, async () =>
        desk.begun.at(-1)!.startsWith('CorrectEntry') ? later() : undefined,
      );
      await run(desk, [...rows, dispatch('B-2', 'BELGG'), arrival('B-4')], known);
      expect(desk.ended.slice(-2)).toEqual(['CorrectEntry ', 'DispatchConsignment B-2']);
    });

    it.each<[string, Record<string, string>[], ImportOptions]>([
      ['an entry that stands elsewhere', [arrival('B-1'), { ...void_, corrects: 'OLD', consignment: 'B-1' }], known],
      ['a consignment with entries elsewhere', [first, void_], { isNew: () => false }],
      ['a consignment whose reference the house may have made', [dispatch('', 'CN'), first, void_], known],
      [
        'an entry of another kind',
        [
          { ...item, entry: 'I-1' },
          { ...void_, corrects: 'I-1' },
        ],
        known,
      ],
    ])('keeps all others waiting when it is about %s', async (_what, rows, options) => {
      const desk = new Desk(undefined, async (call) => (call === 1 ? later() : undefined));
      await run(desk, [...rows, arrival('B-9')], options);
      expect(desk.calls.map((call) => call.length)).not.toContain(2);
      expect(desk.ended.at(-1)).toBe('RecordArrival B-9');
    });
  });

  /** What each thing saw, in its order: this is all that an outcome can depend on. */
  class Seen {
    private readonly things = new Map<string, string[][]>();

    by(thing: string, command: string): void {
      this.of(thing).push([command]);
    }

    /** The order of adjustments is seen by nobody. */
    adjusted(thing: string, command: string): void {
      const seen = this.of(thing);
      const others = seen.at(-1)?.[0] === 'adjusted' ? seen.pop()!.slice(1) : [];
      seen.push(['adjusted', ...[...others, command].sort()]);
    }

    get all(): [string, string[][]][] {
      return [...this.things].sort(([one], [other]) => (one < other ? -1 : 1));
    }

    private of(thing: string): string[][] {
      if (!this.things.has(thing)) this.things.set(thing, []);
      return this.things.get(thing)!;
    }
  }

  it('end as one row after the other would', async () => {
    const step = fc.record({
      kind: fc.constantFrom('sent', 'there', 'counted', 'item', 'void'),
      box: fc.integer({ min: 1, max: 3 }),
      hub: fc.constantFrom('BELGG', 'ESZAZ'),
      corrects: fc.nat(11),
      delay: fc.integer({ min: 0, max: 3 }),
    });
    type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
    const rowOf = ({ kind, box, hub, corrects }: Step): Record<string, string> => {
      if (kind === 'void') return { fact: 'void', corrects: `E-${corrects}`, consignment: `B-${box}`, note: 'twice' };
      if (kind === 'sent') return dispatch(`B-${box}`, hub);
      if (kind === 'there') return arrival(`B-${box}`);
      return kind === 'counted' ? receipt(`B-${box}`, hub) : { ...item };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), fc.boolean(), async (steps, isNew) => {
        const rows = steps.map((one, index) => ({ ...rowOf(one), entry: `E-${index}` }));
        const stockBefore = (correction: string, consignment: string) => {
          const index = rows.findIndex(({ entry }) => commandIdOf('logbook', entry) === correction);
          const about = steps.slice(0, index).filter(({ box }) => consignment === `B-${box}`);
          return new Set(about.flatMap(({ kind, hub }) => (kind === 'sent' || kind === 'counted' ? hub : [])));
        };
        const logs = await Promise.all(
          [1, 256].map(async (window) => {
            const seen = new Seen();
            let call = 0;
            const recorder: Recorder = {
              record: async (instructions) => {
                const { delay } = steps[call++ % steps.length]!;
                for (let turn = 0; turn < delay; turn++) await Promise.resolve();
                return instructions.map(({ command, body, commandId, target }) => {
                  const { consignment = target?.about.consignment, hub, from } = body as Record<string, string>;
                  if (consignment) seen.by(consignment, commandId);
                  if (from) seen.by(from, commandId);
                  if (hub) seen.adjusted(hub, commandId);
                  if (command === 'CorrectEntry' && consignment)
                    for (const stock of stockBefore(commandId, consignment)) seen.adjusted(stock, commandId);
                  return { stream: '', version: 0, position: 0, events: [], doubtful: [], repeated: false };
                });
              },
            };
            await run(recorder, rows, { window, isNew: () => isNew });
            return seen.all;
          }),
        );
        expect(logs[1]).toEqual(logs[0]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the person who waits', () => {
  it('sees every row pass', async () => {
    const seen: string[] = [];
    await run(new Desk(), [arrival('B-1'), { fact: 'nonsense' }, arrival('B-2')], {
      onProgress: (done, total) => seen.push(`${done}/${total}`),
    });
    expect(seen).toEqual(['1/3', '2/3', '3/3']);
  });

  it('may stop between rows: what was begun is finished, the rest is not tried', async () => {
    const stop = new AbortController();
    const desk = new Desk(undefined, async (call) => (call === 2 ? stop.abort() : undefined));
    const rows = Array.from({ length: 5 }, (_, index) => arrival(`B-${index}`));
    const result = await run(desk, rows, { signal: stop.signal, window: 1 });
    expect(outcomes(result)).toEqual(['accepted', 'accepted', 'cancelled', 'cancelled', 'cancelled']);
    expect(result).toMatchObject({ rows: 5, accepted: 2, cancelled: 3 });
  });
});
