// exchange: what docs/import.md and the template promise.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import * as catalogue from '../catalogue/catalogue.commands.js';
import * as consignment from '../consignment/consignment.commands.js';
import * as customs from '../consignment/customs.commands.js';
import * as donation from '../donation/donation.commands.js';
import * as hub from '../hub/hub.commands.js';
import { CorrectEntry } from '../kernel/command.js';
import * as lot from '../lot/lot.commands.js';
import { valid } from '../nest/validate.js';
import * as request from '../request/request.commands.js';
import { COMMON, FACT_WORDS, FORMS, IDENTITY, VOID, type Cells } from './forms.js';
import type { ImportRow, Instruction } from './instruction.js';
import { logbookTemplate, readLogbook } from './logbook.js';
import { readMapped, readMapping } from './mapping.js';

const guide = readFileSync(new URL('../../docs/import.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map((match) => match[1]!);
const [delivery, corrections, foreign, yields] = blocks('csv') as [string, string, string, string];

const logbook = async (csv: string) => [...(await readLogbook(Buffer.from(csv))).rows];
const facts = (rows: ImportRow[]) => rows.flatMap((row) => row.facts);
const problems = (rows: ImportRow[]) => rows.flatMap((row) => row.problems);

const commands: Record<string, unknown> = {
  ...{ ...catalogue, ...donation, ...consignment, ...customs, ...hub, ...lot, ...request },
  CorrectEntry,
};
const taken = ({ command, body }: Instruction) => valid(commands[command] as new () => object, body);

describe('the template', () => {
  const template = () => logbook(logbookTemplate());

  it('has an example of every fact', async () => {
    const rows = await template();
    expect(new Set(facts(rows).map(({ word }) => word))).toEqual(new Set(FACT_WORDS));
  });

  it('can be imported as it stands', async () => {
    const rows = await template();
    expect(problems(rows)).toEqual([]);
    for (const { instruction } of facts(rows)) expect(() => taken(instruction)).not.toThrow();
  });
});

describe('the guide', () => {
  it('lists the columns of every fact as they are read', () => {
    const listed = [...guide.matchAll(/^\| ([a-z-]+) \| ([a-z_, -]+) \|(?: ([a-z_, -]+))? \|$/gm)].map((match) =>
      match.slice(1, 4).map((cell) => cell ?? ''),
    );
    const columns = (cells: Cells = {}) => [...new Set(Object.values(cells).map(({ column }) => column))].sort().join();
    const sorted = (text: string) => text.split(', ').sort().join();
    const forms = Object.entries(FORMS).map(([word, { fields, line }]) => [word, columns(fields), columns(line)]);
    expect(listed.slice(1).map(([word, own, line]) => [word, sorted(own!), sorted(line!)])).toEqual(forms);
  });

  it('explains the columns that every row may have', () => {
    const common = [...IDENTITY, ...Object.values(COMMON).map(({ column }) => column)];
    for (const column of common) expect(guide).toContain(`\n| ${column} | `);
    expect(guide).toContain(`\`${VOID}\``);
  });

  it('shows two rows that are one delivery with two lines', async () => {
    const [only, ...others] = await logbook(delivery);
    expect([others, only!.problems]).toEqual([[], []]);
    expect(taken(only!.facts[0]!.instruction)).toMatchObject({
      lines: [{ accepted: 99_000, rejected: 1_000 }, { accepted: 12 }],
    });
  });

  it('shows corrections that are read', async () => {
    const rows = await logbook(corrections);
    expect(problems(rows)).toEqual([]);
    expect(facts(rows).map(({ instruction }) => taken(instruction))).toMatchObject([
      { reason: 'incorrect_data' },
      { reason: 'did_not_occur' },
    ]);
  });

  it('shows a mapping that yields the rows beside it', async () => {
    const mapped = [...(await readMapped(Buffer.from(foreign), readMapping(blocks('json')[0]!))).rows];
    const once = [...new Set(facts(mapped))];
    const expected = facts(await logbook(yields));
    expect(problems(mapped)).toEqual([]);
    expect(once.map(({ word, instruction }) => [word, instruction.body])).toEqual(
      expected.map(({ word, instruction }) => [word, instruction.body]),
    );
    const keys = parse<{ entry: string }>(yields, { columns: true })
      .map(({ entry }) => entry)
      .filter(Boolean);
    expect(keys).toEqual(['101/sent', '101/delivered', '102/sent']);
  });
});
