// Who may import whom: the rules of .dependency-cruiser.cjs hold, and they bite.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesIn, ROOT, textOf } from './files.js';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string; readonly severity: string };
}

function cruise(folder: string): Violation[] {
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const run = spawnSync(process.execPath, [bin, '--output-type', 'json', 'src'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!run.stdout.startsWith('{')) throw new Error(`dependency-cruiser did not run: ${run.stderr}`);
  return (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

it('every import of the sources is allowed', () => {
  expect(cruise(ROOT).map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
}, 60_000);

it('nothing that was built loads Swagger before somebody asks for it', () => {
  const loads = filesIn('dist', /[.]js$/).filter((path) => /(from|import) ["']@nestjs\/swagger/.test(textOf(path)));

  expect(loads).toEqual([]);
  expect(textOf('dist/nest/openapi.js')).toContain("import('@nestjs/swagger')");
});

describe('a forbidden import is found:', () => {
  const planted: [what: string, file: string, line: string, to: RegExp][] = [
    ['the kernel knows a room', 'src/kernel/planted-room.ts', `import '../donation/donation.js';`, /donation[.]ts$/],
    ['the kernel knows the framework', 'src/kernel/planted-nest.ts', `import '@nestjs/common';`, /@nestjs/],
    ['the kernel knows the database', 'src/kernel/planted-sql.ts', `import 'node:sqlite';`, /sqlite/],
    [
      'a heart knows another room',
      'src/donation/planted.ts',
      `import '../consignment/consignment.js';`,
      /consignment[.]ts$/,
    ],
    [
      'a heart knows another room as a type',
      'src/hub/planted.ts',
      `import type { Donation } from '../donation/donation.js';`,
      /donation[.]ts$/,
    ],
    ['a heart knows the framework', 'src/donation/planted-nest.ts', `import '@nestjs/common';`, /@nestjs/],
    ['a heart reads files', 'src/donation/planted-fs.ts', `import 'node:fs';`, /fs$/],
    ['a heart knows a view', 'src/donation/planted-view.ts', `import './donation.view.js';`, /donation[.]view[.]ts$/],
    [
      'a heart runs its commands',
      'src/donation/planted-run.ts',
      `import { AmendPledge } from './donation.commands.js';`,
      /commands[.]ts$/,
    ],
    ['a command knows the framework', 'src/donation/planted.commands.ts', `import '@nestjs/common';`, /@nestjs/],
    ['a report knows a heart', 'src/country-report/planted.ts', `import '../donation/donation.js';`, /donation[.]ts$/],
    [
      'a report runs the code of facts',
      'src/country-report/planted-run.ts',
      `import { donationShapes } from '../donation/donation.events.js';`,
      /events[.]ts$/,
    ],
    ['a view knows the framework', 'src/donation/planted.view.ts', `import '@nestjs/common';`, /@nestjs/],
    ['a controller opens a database', 'src/donation/planted.controller.ts', `import 'node:sqlite';`, /sqlite/],
    ['a room knows the house', 'src/donation/planted.module.ts', `import '../app.module.js';`, /app[.]module[.]ts$/],
    ['the kernel counts for Prometheus', 'src/kernel/planted-count.ts', `import 'prom-client';`, /prom-client/],
    ['a store writes lines of its own', 'src/store/planted-lines.ts', `import 'pino';`, /pino/],
    [
      'a start loads all validators',
      'src/hub/planted.commands.ts',
      `import { IsIn } from 'class-validator';`,
      /validator/,
    ],
    ['a start loads Swagger', 'src/hub/planted.controller.ts', `import { ApiTags } from '@nestjs/swagger';`, /swagger/],
    ['a probe knows a heart', 'src/health/planted.ts', `import '../donation/donation.js';`, /donation[.]ts$/],
    ['the sources need a test', 'src/store/planted.ts', `import '../../test/planted.js';`, /test\/planted[.]ts$/],
    ['nobody is there', 'src/store/planted-lost.ts', `import './nowhere.js';`, /nowhere/],
    ['two files need each other', 'src/store/planted-one.ts', `import './planted-two.js';`, /planted-two[.]ts$/],
  ];
  const folder = mkdtempSync(join(tmpdir(), 'relief-imports-'));
  let violations: Violation[];

  beforeAll(() => {
    cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
      copyFileSync(join(ROOT, file), join(folder, file));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const plant = (file: string, text: string) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${text}\n`);
    };
    for (const [, file, line] of planted) plant(file, line);
    plant('test/planted.ts', 'export {};');
    plant('src/store/planted-two.ts', `import './planted-one.js';`);
    plant('src/store/planted-lonely.ts', 'export {};');
    violations = cruise(folder);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(planted)('%s', (_, file, _line, to) => {
    const found = violations.filter(({ from, rule }) => from === file && rule.severity === 'error');

    expect(found.map((violation) => violation.to)).toContainEqual(expect.stringMatching(to));
  });

  it('a file that nobody needs', () => {
    expect(violations.map(({ from }) => from)).toContain('src/store/planted-lonely.ts');
  });
});
