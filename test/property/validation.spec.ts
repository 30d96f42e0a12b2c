// property tests: the short way through validation and the one that explains agree about every input of the house.
import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import fc from 'fast-check';
import { ROOMS } from '../../src/app.module.js';
import { Invalid } from '../../src/kernel/errors.js';
import { ListQuery } from '../../src/nest/list.queries.js';
import { plainlyValid } from '../../src/nest/plainly-valid.js';
import { shapeOf } from '../../src/nest/shape.js';
import { explained, valid } from '../../src/nest/validate.js';
import { REPORTS } from '../../src/reports.js';

const COMMANDS: Type<object>[] = ROOMS.flatMap(({ rows, correction }) => [
  ...rows.map(({ command }) => command),
  correction.command,
]);
const QUERIES: Type<object>[] = [...new Set(REPORTS.map(({ query }) => query)), ListQuery];

const TEXTS = [
  ...['JMF-1', ' jmf-1 ', 'IT', 'it', 'BELGG', 'BE+FR+SI', 'Africa', 'undecided', 'UTC', 'L-1', '', '?', 'x', '12'],
  ...[
    '2020-03-16',
    '2020-02-30',
    '2020-04-02T10:30+02:00',
    '2020-04-02T10:30',
    'ab'.repeat(32),
    'long '.repeat(500),
    'item',
  ],
  ...['confirmed', 'reported', 'damaged', 'lost', 'air', 'hub', 'donor', 'stock', 'json', 'csv', 'did_not_occur'],
  ...['8f2b6c1e-6f0d-4c3a-9d37-0d5f1f7f9a11', '20BE000000000000R0', '630790', 'HS2017', 'R', 'piece', 'carton'],
];
const NUMBERS = [0, 1, 5, -1, 2.5, 2_020, 1_000_000_000, 1_000_000_001];
const LISTS = [
  [],
  ['JMF-1'],
  ['JMF-1', 'JMF-1'],
  ['IT', 'ab'.repeat(32)],
  [1, 'x'],
  [null],
  [['x']],
  [{}],
  [undefined],
];
const OTHERS = [true, false, null, undefined, {}, { command: 'RecordLoss', body: {} }, new Date(0)];
const VALUES: readonly unknown[] = [...TEXTS, ...NUMBERS, ...LISTS, ...OTHERS];

/** Inputs of a class: mostly what each field takes, now and then anything, or a field that nobody knows. */
function inputsOf(of: Type<object>): fc.Arbitrary<object> {
  const { fields } = shapeOf(of)!;
  const known = [...fields].map(([name, { lines }]): [string, fc.Arbitrary<unknown>] => {
    const fits = VALUES.filter((value) => !faultsOf(of, { [name]: value }).some((field) => field.startsWith(name)));
    const fitting = lines ? fc.array(inputsOf(lines.of), { minLength: 1, maxLength: 3 }) : fc.constantFrom(...fits);
    return [name, fc.oneof({ weight: 40, arbitrary: fitting }, { weight: 1, arbitrary: fc.constantFrom(...VALUES) })];
  });
  const stated = fc.record(Object.fromEntries(known), {
    requiredKeys: [...fields.keys()].filter((name) => faultsOf(of, {}).some((field) => field.startsWith(name))),
  });
  const odd = fc.constantFrom('weight', '__proto__', 'constructor', 'then', '0');
  const oddly = fc.tuple(stated, odd, fc.constantFrom(...VALUES)).map(([input, name, value]) => {
    return Object.defineProperty({ ...input }, name, { value, enumerable: true });
  });
  return fc.oneof({ weight: 12, arbitrary: stated }, { weight: 1, arbitrary: oddly });
}

function faultsOf(of: Type<object>, input: object): string[] {
  const { problems = [] } = outcomeOf(() => explained(of, input));
  return problems.map(({ field }) => field);
}

function outcomeOf(read: () => object) {
  try {
    const instance = read();
    return { instance, inOrder: JSON.stringify(instance) };
  } catch (error) {
    if (error instanceof Invalid) return { problems: error.problems, message: error.message };
    throw error;
  }
}

describe.each([...COMMANDS, ...QUERIES].map((of) => [of.name, of] as const))('an input of %s', (_, of) => {
  it('becomes the same instance, or has the same faults, both ways', () => {
    let short = 0;
    fc.assert(
      fc.property(inputsOf(of), (input) => {
        const before = structuredClone(input);
        if (plainlyValid(shapeOf(of)!, input)) short++;
        expect(outcomeOf(() => valid(of, input))).toStrictEqual(outcomeOf(() => explained(of, input)));
        expect(input).toEqual(before);
      }),
      { numRuns: 150 },
    );
    expect(short).toBeGreaterThan(0);
  });
});
