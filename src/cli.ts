// The command line: the same house as over HTTP.
import { Command, InvalidArgumentError, Option } from 'commander';
import 'reflect-metadata';
import type { CopyOptions } from './cli/copy.js';
import { kept, placeOf, type PlaceOptions } from './cli/place.js';
import { addReports } from './cli/report.js';
import type { Encoding } from './exchange/text.js';
import { ReliefError } from './kernel/errors.js';

const port = new Option('--port <number>', 'port to answer on').env('RELIEF_PORT').default(3000).argParser(wholeNumber);
const host = new Option('--host <address>', 'address to answer on; 0.0.0.0 for every network')
  .env('RELIEF_HOST')
  .default('127.0.0.1');
const actor = new Option('--as <id:role>', 'who records: an account id and a role, no name')
  .env('RELIEF_ACTOR')
  .default('operator:staff');

// Each command loads what it needs, so that help and a mistyped word are answered at once.
const keep = () => import('./cli/keep.js');

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function also(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

const relief = new Command('relief')
  .description('Where every donated piece went: log what happened, read totals per country, replay history.')
  .showSuggestionAfterError()
  .showHelpAfterError('Run "relief help" or "relief help <command>" to see what can be said.')
  .addHelpText(
    'after',
    '\nStart with: relief demo\nDates are 2020-03-31 (the whole day, UTC) or 2020-03-31T12:00Z (that instant).',
  );

const command = (words: string, description: string, folder?: string) =>
  kept(relief.command(words).description(description), folder);

command('serve', 'answer over HTTP; the API describes itself at /api')
  .addOption(port)
  .addOption(host)
  .action(async (options: Options) => (await import('./cli/serve.js')).serve(placeOf(options), options));

command('demo', 'play the history of March 2020 into a folder, print its totals, and serve', 'relief-demo')
  .addOption(port)
  .addOption(host)
  .option('--no-serve', 'stop after the totals')
  .action(async (options: Options) => (await import('./cli/demo.js')).demo(placeOf(options), options));

command('import <file>', 'record the rows of a logbook, or of any CSV file with a mapping')
  .option('--mapping <file>', 'how the columns of another CSV file become logbook rows (docs/import.md)')
  .option('--dry-run', 'try every row and say what would happen; record nothing')
  .option('--report <file>', 'write what became of each row as CSV')
  .addOption(new Option('--encoding <name>', 'of the file').choices(['auto', 'utf-8', 'latin1']).default('auto'))
  .addOption(actor)
  .action(async (file: string, options: Options) => {
    const { importCommand } = await import('./cli/import.js');
    exitWith(await importCommand(placeOf(options), file, options));
  });

addReports(relief, (report) => kept(report));

command('attach <file>', 'keep a photo or scan (JPEG, PNG, WebP, PDF) for a receipt or delivery to name').action(
  async (file: string, options: Options) => (await keep()).attach(placeOf(options), file),
);

command('catalogue <kind>', 'list what is registered: items, places, organisations or routes').action(
  async (kind: string, options: Options) => {
    const kinds = { items: 'item', places: 'place', organisations: 'organisation', routes: 'route' } as const;
    const known = kinds[kind as keyof typeof kinds] as (typeof kinds)[keyof typeof kinds] | undefined;
    if (!known) throw new Error(`There is no list of ${kind}: say items, places, organisations or routes.`);
    const { printCatalogue } = await import('./cli/catalogue.js');
    return printCatalogue(placeOf(options), known);
  },
);

command('events', 'print the log, an entry a line')
  .option('--from <position>', 'entries behind this position', wholeNumber, 0)
  .option('--follow', 'go on with entries as they come')
  .option('--json', 'print whole entries as JSON')
  .action(async (options: Options) => (await import('./cli/events.js')).printEvents(placeOf(options), options));

command('rebuild', 'make every report anew from the first event').action(async (options: Options) =>
  (await keep()).rebuild(placeOf(options)),
);

command(
  'verify',
  'recompute everything from the log and hold it against the reports; exit code 1 when something is broken',
)
  .option(
    '--node <url>',
    'compare what a node serves with the log, such as http://node-2:3000; may be repeated',
    also,
    [],
  )
  .action(async (options: Options) => {
    const { printVerdict } = await keep();
    exitWith((await printVerdict(placeOf(options), options.node)) ? 0 : 1);
  });

relief
  .command('copy')
  .description(
    'copy the log of a folder to an event store, or back, and compare every entry; goes on where it was ended',
  )
  .addOption(new Option('--data <dir>', 'folder that holds the log').env('RELIEF_DATA').default('relief-data'))
  .option('--to <address>', 'event store that gets the log: esdb://host:2113')
  .option('--from <address>', 'event store whose log the folder gets')
  .action(async (options: CopyOptions & { data: string }) =>
    (await import('./cli/copy.js')).copy(options.data, options),
  );

relief
  .command('logbook-template')
  .description('print an empty logbook with an example of every fact')
  .action(async () => {
    const { logbookTemplate } = await import('./exchange/logbook-template.js');
    process.stdout.write(logbookTemplate());
  });

command('backup <file>', 'copy the whole log into a new file, also while it is being written').action(
  async (file: string, options: Options) => (await keep()).backUp(placeOf(options), file),
);

/** What commander hands over; each command reads its own. */
interface Options extends PlaceOptions {
  readonly node: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly serve: boolean;
  readonly from: number;
  readonly as: string;
  readonly encoding: Encoding;
  readonly mapping?: string;
  readonly report?: string;
  readonly dryRun?: boolean;
  readonly follow?: boolean;
  readonly json?: boolean;
}

function exitWith(code: number): void {
  process.exitCode = code;
}

// Whoever reads our output may have seen enough.
process.stdout.on('error', (error: { code?: string }) => process.exit(error.code === 'EPIPE' ? 0 : 1));

/** Nobody said no: nobody answered. */
const UNAVAILABLE = 503;

try {
  await relief.parseAsync();
} catch (error) {
  console.error(
    error instanceof ReliefError && error.status !== UNAVAILABLE
      ? `Refused: ${error.message}`
      : error instanceof Error
        ? error.message
        : error,
  );
  process.exitCode = 1;
}
