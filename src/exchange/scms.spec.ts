// exchange: 10,324 real deliveries with their known totals.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../kernel/transact.js';
import { importRows } from './import.js';
import type { Instruction } from './instruction.js';
import { readMapped, readMapping } from './mapping.js';

const here = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));
const known = JSON.parse(here('test/data/scms-known-answers.json').toString()) as {
  sha256: string;
  allCountriesQuantity: Record<string, number>;
};
const bytes = gunzipSync(here('test/data/scms-delivery-history.csv.gz'));
const mapping = readMapping(here('data/mappings/scms.json').toString());
const source = await readMapped(bytes, mapping);

interface Delivery {
  readonly consignment: string;
  readonly country: string;
  readonly happenedAt: string;
  readonly reportedAt: string;
  readonly lines: readonly { accepted: number; quantity: number }[];
}

const instructions = new Map<string, Instruction>();
const answers = (sent: readonly Instruction[]) =>
  sent.map((instruction): Answer => {
    const repeated = instructions.has(instruction.commandId);
    instructions.set(instruction.commandId, instruction);
    return { stream: '', version: 0, position: 0, events: [], doubtful: [], repeated };
  });
const first = await importRows(source, { record: async (sent) => answers(sent) });
const second = await importRows(source, { record: async (sent) => answers(sent) });

const of = (command: string) =>
  [...instructions.values()].filter((one) => one.command === command).map(({ body }) => body as Delivery);
const deliveries = of('RecordDelivery');
const pieces = (bodies: readonly Delivery[]) => bodies.reduce((sum, { lines }) => sum + lines[0]!.accepted, 0);

describe('the delivery history of SCMS', () => {
  it('is the file that was counted', () => {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(known.sha256);
  });

  it('is accepted row by row, also where it was recorded before it was delivered', () => {
    expect(first).toMatchObject({ rows: 10_324, accepted: 10_324, refused: 0 });
    expect(deliveries.filter(({ happenedAt, reportedAt }) => reportedAt < happenedAt)).toHaveLength(3);
  });

  it('adds nothing the second time', () => {
    expect(second).toMatchObject({ facts: 0, accepted: 0, alreadyThere: 10_324, refused: 0 });
  });

  it('states a dispatch and a delivery for each row, and what they name once', () => {
    const count = (command: string) => of(command).length;
    expect([count('DispatchConsignment'), count('RecordDelivery')]).toEqual([10_324, 10_324]);
    expect([
      count('RegisterItem'),
      count('PledgeDonation'),
      count('RegisterOrganisation'),
      count('RegisterPlace'),
    ]).toEqual([184, 142, 143, 1]);
    expect(first.facts).toBe(instructions.size);
  });

  it('has one reference for each of its items', () => {
    const items = of('RegisterItem') as unknown as { item: string; name: string }[];
    expect(new Set(items.map(({ item }) => item)).size).toBe(184);
  });

  it('adds up to 189,265,090 in 43 countries, each as counted', () => {
    const { values } = mapping.maps!.countries!;
    const totals = Object.keys(known.allCountriesQuantity).map((name) => {
      return [name, pieces(deliveries.filter(({ country }) => country === values[name]))];
    });
    expect(Object.fromEntries(totals)).toEqual(known.allCountriesQuantity);
    expect(totals).toHaveLength(43);
    expect(new Set(Object.values(values)).size).toBe(43);
    expect(pieces(deliveries)).toBe(189_265_090);
  });

  it('dispatches what it delivers', () => {
    const delivered = new Map(deliveries.map((one) => [one.consignment, one.lines[0]!.accepted]));
    expect(
      of('DispatchConsignment').filter(({ consignment, lines }) => delivered.get(consignment) !== lines[0]!.quantity),
    ).toEqual([]);
  });

  it.each([
    ['2014-09-30', 158_833_496],
    ['2015-12-31', 160_030_294],
  ])('up to 2014-09-30 as known on %s it is %d', (knownAt, expected) => {
    const then = deliveries.filter(({ happenedAt, reportedAt }) => happenedAt <= '2014-09-30' && reportedAt <= knownAt);
    expect(pieces(then)).toBe(expected);
  });
});
