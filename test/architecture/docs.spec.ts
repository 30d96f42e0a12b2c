// architecture: the documents say what the code does; what they print was printed by it.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ROOMS } from '../../src/app.module.js';
import { SHAPES } from '../../src/contents.js';
import { QUANTITY_COLUMNS } from '../../src/country-report/country-report.js';
import { REPORTED_BUCKETS, type Bucket } from '../../src/goods-ledger/account.js';
import { movementsOf, type GoodsFact } from '../../src/goods-ledger/movements.js';
import * as relief from '../support/relief.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
const run = promisify(execFile);
const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
>;

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return folder === '.' ? [] : markdownIn(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

const DOCUMENTS = ['.', 'docs', 'data', 'test'].flatMap(markdownIn).map((file) => ({ file, text: read(file) }));
const DECISIONS = DOCUMENTS.filter(({ file }) => /^docs\/decisions\/\d/.test(file));
const GLOSSARY = read('docs/glossary.md');
const CATALOGUE = read('docs/event-catalogue.md');
const BUCKETS: readonly Bucket[] = [...REPORTED_BUCKETS, 'donor', 'promised'];
const FENCE = /^```(\w*)\n(.*?)^```$/gms;

// The command line, as its own help describes it

interface Described {
  readonly commands: ReadonlyMap<string, Described>;
  /** Name of each option, and the values it takes: none, any, or one of a few. */
  readonly options: ReadonlyMap<string, { readonly takesValue: boolean; readonly choices: readonly string[] }>;
  readonly places: number;
}

async function cli(words: readonly string[], cwd = root): Promise<string> {
  const { stdout } = await run(process.execPath, [join(root, 'dist/cli.js'), ...words], { cwd });
  return stdout;
}

async function described(path: readonly string[]): Promise<Described> {
  const [usage = '', ...sections] = (await cli([...path, '--help'])).split(/\n(?=Options:|Commands:)/);
  const entries = (title: string) => {
    const section = sections.find((candidate) => candidate.startsWith(`${title}:`)) ?? '';
    return section
      .split('\n\n')[0]!
      .split(/\n {2}(?=\S)/)
      .slice(1)
      .map((entry) => entry.replace(/\s+/g, ' '));
  };
  const options = entries('Options').map((entry) => {
    const [, name, value] = /(--[\w-]+)( <)?/.exec(entry)!;
    const [, choices = ''] = /choices: ([^)]*?)(, default|\))/.exec(entry) ?? [];
    return [name!, { takesValue: value !== undefined, choices: choices.match(/[^", ]+/g) ?? [] }] as const;
  });
  const names = entries('Commands')
    .map((entry) => entry.split(' ')[0]!)
    .filter((name) => name !== 'help');
  const below = await Promise.all(names.map(async (name) => [name, await described([...path, name])] as const));
  return { commands: new Map(below), options: new Map(options), places: usage.match(/<\w+>/g)?.length ?? 0 };
}

/** What is wrong with a command line as a document prints it; nothing when it can be typed. */
function faultOf(words: readonly string[], known: Described): string | undefined {
  const [word, ...rest] = words;
  if (word === undefined) return undefined;
  if (word === 'help') return faultOf(rest, known);
  const inner = known.commands.get(word);
  if (inner) return faultOf(rest, inner);
  if (known.commands.size > 0 && !word.startsWith('--')) return `there is no command ${word}`;
  let places = 0;
  for (let i = 0; i < words.length; i++) {
    const option = known.options.get(words[i]!);
    if (!words[i]!.startsWith('--')) places++;
    else if (!option) return `there is no option ${words[i]}`;
    else if (option.takesValue) {
      const value = words[++i];
      if (value === undefined) return `${words[i - 1]} needs a value`;
      if (option.choices.length > 0 && !option.choices.includes(value)) return `${words[i - 1]} cannot be ${value}`;
    }
  }
  return places > known.places ? `too many words: ${words.join(' ')}` : undefined;
}

const SHORTHANDS: readonly (readonly [RegExp, string])[] = [
  [/^npx relief\b/, 'relief'],
  [/^npm run (?:--silent )?relief -- /, 'relief '],
  [/^npm run demo -- /, 'relief demo '],
  [/^npm start -- /, 'relief serve '],
];

/** Everything in code type that calls the command line. */
function commandsIn(text: string): string[][] {
  const fenced = [...text.matchAll(FENCE)].flatMap(([, , body]) => body!.split('\n'));
  const inline = [...text.replaceAll(FENCE, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
  return [...fenced, ...inline]
    .map((line) => SHORTHANDS.reduce((said, [long, short]) => said.replace(long, short), line.replace(/^\$ /, '')))
    .filter((line) => /^relief( |$)/.test(line))
    .map((line) =>
      line
        .replace(/\s+(#|>|\|).*$/, '')
        .split(/\s+/)
        .slice(1),
    );
}

describe('a command that a document prints', () => {
  let known: Described;
  beforeAll(async () => (known = await described([])), 60_000);

  it('exists, with its options and their values', () => {
    const commands = DOCUMENTS.flatMap(({ file, text }) => commandsIn(text).map((words) => ({ file, words })));
    const faults = commands.flatMap(({ file, words }) => {
      const fault = faultOf(words, known);
      return fault ? [`${file}: relief ${words.join(' ')}: ${fault}`] : [];
    });
    expect(faults).toEqual([]);
    expect(commands.length).toBeGreaterThan(30);
  });

  it('is shown for every command there is', () => {
    const shown = new Set(DOCUMENTS.flatMap(({ text }) => commandsIn(text).map(([word]) => word)));
    expect([...known.commands.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });

  it.each([
    ['relief imports file.csv', 'there is no command imports'],
    ['npx relief import file.csv --dry', 'there is no option --dry'],
    ['npm start -- --prot 4000', 'there is no option --prot'],
    ['relief report countries --format xlsx', '--format cannot be xlsx'],
    ['relief backup one.db two.db', 'too many words: one.db two.db'],
    ['relief report countries --until', '--until needs a value'],
  ])('is found out when it is wrong: %s', (line, fault) => {
    expect(faultOf(commandsIn(`\`${line}\``)[0]!, known)).toBe(fault);
  });
});

describe('a console block', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relief-docs-'));
    await cli(['demo', '--no-serve', '--data', 'relief-demo'], folder);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const shown = DOCUMENTS.flatMap(({ file, text }) =>
    [...text.matchAll(FENCE)]
      .filter(([, language]) => language === 'console')
      .flatMap(([, , body]) => body!.split(/^(?=\$ )/m))
      .map((block) => [file, block.split('\n')[0]!.slice(2), block.trimEnd().split('\n').slice(1)] as const),
  );

  it.each(shown)('in %s shows what the demonstration prints: %s', async (_file, command, output) => {
    const [words] = commandsIn(`\`${command}\``);
    const printed = (await cli(words!, folder)).trimEnd().split('\n');
    expect(withGaps(printed, output)).toEqual(output);
  });

  it('can be recomputed by a stranger with the half page of docs/audit.md', async () => {
    const [, , program] = [...read('docs/audit.md').matchAll(FENCE)].find(([, language]) => language === 'js')!;
    const [, limits, printed] = /recompute\.mjs log\.jsonl (.*?)` prints\n```\n(.*?)\n```/s.exec(
      read('docs/audit.md'),
    )!;
    writeFileSync(join(folder, 'recompute.mjs'), program!);
    writeFileSync(join(folder, 'log.jsonl'), await cli(['events', '--data', 'relief-demo', '--json'], folder));
    const words = ['recompute.mjs', 'log.jsonl', ...limits!.split(' ')];
    expect((await run(process.execPath, words, { cwd: folder })).stdout.trim()).toBe(printed);
  });

  it('is there for the first tour', () => {
    expect(shown.filter(([file]) => file === 'README.md').length).toBeGreaterThanOrEqual(3);
  });
});

/** What was printed, with `…` where the document leaves lines out. */
function withGaps(printed: readonly string[], shown: readonly string[]): string[] {
  let at = 0;
  const lines = shown.map((line, index) => {
    if (line !== '…') return printed[at++] ?? 'nothing more';
    const next = shown[index + 1];
    const found = next === undefined ? printed.length : printed.indexOf(next, at);
    at = found < 0 ? at : found;
    return line;
  });
  return [...lines, ...printed.slice(at)];
}

describe('a document', () => {
  const slug = (title: string) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
  const anchors = (file: string) => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, title]) => slug(title!));

  it('links only to what is there', () => {
    const links = DOCUMENTS.flatMap(({ file, text }) =>
      [...text.replaceAll(FENCE, '').matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target]) => target!)
        .filter((target) => !/^[a-z]+:/.test(target))
        .map((target) => ({ file, target })),
    );
    const broken = links.filter(({ file, target }) => {
      const [path = '', anchor] = target.split('#');
      const goal = path === '' ? file : relative(root, join(root, dirname(file), path)).replaceAll('\\', '/');
      if (!existsSync(join(root, goal))) return true;
      return anchor !== undefined && statSync(join(root, goal)).isFile() && !anchors(goal).includes(anchor);
    });
    expect(broken).toEqual([]);
    expect(links.length).toBeGreaterThan(20);
  });

  it('names only files and folders that are there', () => {
    const named = DOCUMENTS.flatMap(({ file, text }) =>
      [...text.matchAll(/`((?:src|test|docs|data|tools|bin|bench)\/[\w./-]+)`/g)].map(([, path]) => ({
        file,
        path: path!,
      })),
    );
    expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });

  it('names only npm scripts that are there', () => {
    const called = DOCUMENTS.flatMap(({ text }) =>
      [...text.matchAll(/\bnpm (?:run (?:--silent )?([\w-]+)|(start|test)\b)/g)].map(
        ([, named, short]) => named ?? short!,
      ),
    );
    expect(called.filter((name) => scripts[name] === undefined)).toEqual([]);
    expect(called).toEqual(expect.arrayContaining(['demo', 'test']));
  });
});

describe('a decision', () => {
  const numbered = DECISIONS.map(({ file, text }) => ({ file, text, number: /(\d{4})-[\w-]+\.md$/.exec(file)?.[1] }));

  it('has a number of its own, in its name and its title', () => {
    const numbers = numbered.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbered.filter(({ number, text }) => !text.startsWith(`# ${number} `)).map(({ file }) => file)).toEqual([]);
    expect(numbers.length).toBeGreaterThanOrEqual(14);
  });

  it('is one page, and stands in the list', () => {
    const list = read('docs/decisions/README.md');
    const long = numbered.filter(({ text }) => text.split('\n').filter((line) => !line.startsWith('|')).length > 31);
    expect(long.map(({ file }) => file)).toEqual([]);
    expect(numbered.filter(({ file }) => !list.includes(`(${file.split('/').at(-1)})`))).toEqual([]);
  });

  it('says of every package, and of no other, why it is here', () => {
    const rows = read('docs/decisions/0010-dependencies.md').match(/^\| `.*? \|/gm) ?? [];
    const listed = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
    expect(listed.sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort());
  });
});

describe('the glossary', () => {
  const commands = ROOMS.flatMap(({ rows, correction }) => [...rows, correction].map(({ command }) => command.name));

  it.each([
    ['command', commands],
    ['event', Object.keys(SHAPES)],
  ])('has a row for every %s', (_kind, names) => {
    const cells = [...GLOSSARY.matchAll(/^\| (\w+) \| (\w+) \|/gm)].flatMap(([, command, event]) => [command, event]);
    expect(names.filter((name) => !cells.includes(name))).toEqual([]);
  });

  it('has a row for every bucket, and no other', () => {
    const buckets = [...GLOSSARY.matchAll(/^\| `(\w+)` \|/gm)].map(([, bucket]) => bucket!);
    expect(buckets.sort()).toEqual([...BUCKETS].sort());
    expect(QUANTITY_COLUMNS.filter((column) => !GLOSSARY.includes(`\`${column}\``))).toEqual([]);
  });

  it('names every code that a rule refuses a command with, and no other', () => {
    const listed = [...GLOSSARY.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, code]) => code!);
    const commandsOnly = (code: string) => code !== 'CONTRADICTS_BOOKS' && code !== 'ATTACHMENT_DAMAGED';
    expect([...new Set(listed)].filter(commandsOnly).sort()).toEqual(refusedCodes().filter(commandsOnly));
  });

  it('says each word once', () => {
    const words = [...GLOSSARY.split('## Buckets')[0]!.matchAll(/^\| ([a-z][^|]*?) \|/gim)]
      .flatMap(([, cell]) => cell!.split(', '))
      .filter((word) => word !== 'word');
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});

/** Codes of `Refused` in the code. */
function refusedCodes(): string[] {
  const codes = sources().flatMap((text) =>
    [...text.matchAll(/new Refused\(([^`]*)/g)].flatMap(([, first]) => first!.match(/(?<=')[A-Z]+(?:_[A-Z]+)+(?=')/g)!),
  );
  return [...new Set(codes)].sort();
}

/** Codes of all other answers that are not 2xx. */
function otherCodes(): string[] {
  const errors = [...read('src/kernel/errors.ts').matchAll(/readonly code = '(\w+)'/g)].map(([, code]) => code!);
  return [...new Set([...errors, ...(read('src/nest/errors.filter.ts').match(/(?<=')[A-Z]+(?=')/g) ?? [])])].sort();
}

function sources(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => read(join('src', file)));
}

describe('the page of refusals', () => {
  const page = read('docs/refusals.md');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (.+?) \| (.+?) \| (.+?) \|$/gm)];

  it('has every code that the program answers with, once, and no other', () => {
    expect(rows.map(([, code]) => code!).sort()).toEqual([...new Set([...refusedCodes(), ...otherCodes()])].sort());
  });

  it('shows the sentence that the code says, figures left open', () => {
    const plain = (text: string) => text.replace(/['`]?\s*\+\s*['`]/g, '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…');
    const said = sources().map(plain);
    const missing = rows.filter(([, , sentence]) => {
      const fixed = sentence!
        .split(/…|(?<=\.) /)
        .map((part) => part.trim())
        .filter((part) => part.length > 3);
      return !fixed.every((part) => said.some((text) => text.includes(part)));
    });
    expect(missing.map(([, code]) => code)).toEqual([]);
  });

  it('can be found from the README and the glossary', () => {
    expect(read('README.md')).toContain('(docs/refusals.md)');
    expect(GLOSSARY).toContain('(refusals.md)');
  });
});

describe('the event catalogue', () => {
  it('is what its tool makes of the code', async () => {
    const tool = join(root, 'tools/event-catalogue.mjs');
    const { stdout } = await run(process.execPath, [tool, '--print']);
    expect(CATALOGUE).toBe(stdout);
  }, 60_000);

  it('has every event, and the command that makes it', () => {
    expect([...CATALOGUE.matchAll(/^### (\w+)$/gm)].map(([, name]) => name!).sort()).toEqual(
      Object.keys(SHAPES).sort(),
    );
    const makers = [...CATALOGUE.matchAll(/^Made by (.*?)\. Schema/gm)].flatMap(([, said]) =>
      said!.match(/\w+(?=`)/g)!,
    );
    const commands = ROOMS.flatMap(({ rows, correction }) => [...rows, correction].map(({ command }) => command.name));
    expect(makers.sort()).toEqual(commands.sort());
  });

  it('has every room with its streams', () => {
    const streams = [...CATALOGUE.matchAll(/^Streams: `(\w+)-/gm)].map(([, room]) => room!);
    expect(streams.sort()).toEqual(ROOMS.map(({ name }) => name).sort());
  });

  it.each(Object.entries(variants()))('says what %s moves, and nothing else', (type, facts) => {
    const section = CATALOGUE.split(`### ${type}\n`)[1]!.split('\n## ')[0]!.split('\n### ')[0]!;
    const said = /Moves: (.*)\.$/m.exec(section)![1]!;
    const moves = said === 'nothing' ? [] : said.split(', ').map((move) => move.replaceAll('`', ''));
    expect(moves.sort()).toEqual([...new Set(facts.flatMap(movesOf))].sort());
  });

  it('is asked about every event but corrections', () => {
    expect(Object.keys(variants()).sort()).toEqual(
      Object.keys(SHAPES)
        .filter((type) => type !== 'EntryCorrected')
        .sort(),
    );
  });
});

/** From which bucket to which a fact moves goods, whatever its donation, consignment or hub holds. */
function movesOf(fact: GoodsFact): string[] {
  const holders: readonly string[] = [relief.DONATION, relief.CONSIGNMENT];
  return [undefined, ...BUCKETS].flatMap((only) => {
    const holdings = (bucket: Bucket, holder: string) =>
      bucket === only && holders.includes(holder) ? [relief.held(bucket, holder, 'IT', 500)] : [];
    return movementsOf(fact, { holdings }).movements.map(({ from, to }) => `${from.bucket} → ${to.bucket}`);
  });
}

/** Each event in the forms that move goods differently. */
function variants(): Record<GoodsFact['type'], GoodsFact[]> {
  const { goods, counted, handed } = relief;
  const whole = (accepted: number, rejected: number) => [handed({ accepted, rejected })];
  return {
    DonationPledged: [relief.pledged({ lines: [relief.pledgeLine({ quantity: 600 })] })],
    PledgeAmended: [600, 400].map((quantity) => relief.amended({ lines: [relief.pledgeLine({ quantity })] })),
    PledgeCancelled: [relief.cancelled()],
    ConsignmentDispatched: [relief.dispatched(), relief.dispatched({ from: relief.HUB, fromHub: true })],
    ConsignmentArrived: [relief.arrived()],
    GoodsReceived: [
      relief.received({ lines: [counted({ good: 100, damaged: 100 })], complete: false }),
      relief.received({ lines: [counted({ good: 100, damaged: 0 })] }),
    ],
    GoodsDelivered: (['reported', 'confirmed'] as const).flatMap((proof) => [
      relief.delivered({ proof, lines: whole(100, 0) }),
      relief.delivered({ proof, lines: whole(0, 100) }),
    ]),
    GoodsLost: [relief.lost({ lines: [goods({ quantity: 100 })] })],
    GoodsFound: [relief.found(), relief.found({ hub: relief.HUB })],
    GoodsReturned: [relief.returned(), relief.returned({ hub: relief.HUB })].map((fact) => ({
      ...fact,
      data: { ...fact.data, lines: [goods({ quantity: 100 })] },
    })),
    ConsignmentClosed: [relief.closed()],
    CustomsEntryLodged: [relief.entryLodged()],
    CustomsHeld: [relief.heldAtCustoms()],
    CustomsCleared: [relief.cleared()],
    CustomsRefused: [relief.refusedEntry()],
    StockAllocated: [relief.allocated()],
    AllocationReleased: [relief.released()],
    StockCounted: [470, 490].map((counted) => relief.stockCounted({ lines: [relief.shelved({ counted })] })),
    StockWrittenOff: (['stock', 'damaged', 'unexplained'] as const).map((outOf) => relief.writtenOff({ outOf })),
    LotHeld: [relief.lotHeld()],
    LotReleased: [relief.lotReleased()],
    LotRecalled: [relief.lotRecalled()],
    RequestRecorded: [relief.requested()],
    RequestWithdrawn: [relief.withdrawn()],
    ItemRegistered: [relief.itemRegistered()],
    ItemAmended: [{ ...relief.itemRegistered(), type: 'ItemAmended' }],
    PlaceRegistered: [relief.placeRegistered()],
    PlaceAmended: [{ ...relief.placeRegistered(), type: 'PlaceAmended' }],
    OrganisationRegistered: [relief.organisationRegistered()],
    OrganisationAmended: [{ ...relief.organisationRegistered(), type: 'OrganisationAmended' }],
    RouteRegistered: [relief.routeRegistered()],
    RouteAmended: [{ ...relief.routeRegistered(), type: 'RouteAmended' }],
  };
}
