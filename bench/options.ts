// bench: what can be asked for on the command line.
import { parseArgs } from 'node:util';
import type { Sizes } from './trial.ts';
import { EVENTS_A_STREAM } from './workload.ts';

export interface Options extends Sizes {
  readonly seed: number;
  readonly runs: number;
  readonly json?: string;
  readonly only?: string;
}

const QUICK = { sequential: 4_000, concurrent: 24_000, bulk: 40_000, commands: 2_000, rows: 4_000, httpSeconds: 2 };
const FULL = { sequential: 16_000, concurrent: 160_000, bulk: 400_000, commands: 8_000, rows: 20_000, httpSeconds: 5 };

const HELP = `npm run bench -- [options]

  --quick        small sizes, 100,000 events; under three minutes
  --events N     events in the log that rebuilds and reports are measured on (1,000,000; quick 100,000)
  --runs R       runs of each trial (3)
  --only NAME    only the rows of one group, such as append, clerk, http, views, start, import
  --json FILE    also write every figure of every run
  --seed N       of the workload (2020)`;

/** Prints the help and ends where it was asked for; throws a sentence on what nobody understands. */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      events: { type: 'string' },
      runs: { type: 'string', default: '3' },
      seed: { type: 'string', default: '2020' },
      only: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const events = wholeNumber('events', values.events ?? (values.quick ? '100000' : '1000000'));
  return {
    ...(values.quick ? QUICK : FULL),
    events: Math.ceil(events / EVENTS_A_STREAM) * EVENTS_A_STREAM,
    ...{ runs: wholeNumber('runs', values.runs), seed: wholeNumber('seed', values.seed) },
    ...(values.only !== undefined && { only: values.only }),
    ...(values.json !== undefined && { json: values.json }),
  };
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`--${name} must be a whole number above 0, not ${text}.`);
}
