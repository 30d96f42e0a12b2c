// bench: what can be asked for on the command line.
import { parseArgs } from 'node:util';
import type { Sizes } from './trial.ts';
import { EVENTS_A_STREAM } from './workload.ts';

export interface Options extends Sizes {
  readonly seed: number;
  /** At most so many of each trial, at least one. */
  readonly runs: number;
  /** No further run begins when it would end later than this. */
  readonly minutes: number;
  /** Also the rows that say little more than their neighbours. */
  readonly thorough: boolean;
  readonly json?: string;
  readonly only?: string;
}

const QUICK = {
  ...{ sequential: 4_000, concurrent: 24_000, bulk: 40_000, peers: 2_000, commands: 1_000, rows: 20_000 },
  ...{ httpSeconds: 0.6, overloadSeconds: 4, askingSeconds: 0.8, thorough: false },
};
const FULL = {
  ...{ sequential: 16_000, concurrent: 160_000, bulk: 400_000, peers: 16_000, commands: 8_000, rows: 200_000 },
  ...{ httpSeconds: 4, overloadSeconds: 60, askingSeconds: 4, thorough: true },
};
/** Without the time that the build takes, which comes before. */
const QUICK_MINUTES = 2.5;
const FULL_MINUTES = 40;

const HELP = `npm run bench -- [options]

  --quick        small sizes, one run; about three minutes
  --events N     events in the log that rebuilds and reports are measured on (1,000,000)
  --runs R       runs of each trial (5)
  --minutes M    begin no further run when it would end later than this (40; quick 2.5); one run is always done
  --overload S   seconds of the load test with three times as many requests as can be answered (60; quick 4)
  --only NAMES   only the rows of some groups: append, clerk, http, views, loop, overload, start, import, disk;
                 several with commas between them
  --json FILE    also write every figure of every run
  --seed N       of the workload (2020)

Emmett is measured too once it is installed: cd bench/peers && npm ci`;

/** Prints the help and ends where it was asked for; throws a sentence on what nobody understands. */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      events: { type: 'string' },
      runs: { type: 'string', default: '5' },
      minutes: { type: 'string' },
      overload: { type: 'string' },
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
  const { quick, events = '1000000', minutes, overload } = values;
  return {
    ...(quick ? QUICK : FULL),
    events: Math.ceil(wholeNumber('events', events) / EVENTS_A_STREAM) * EVENTS_A_STREAM,
    ...{ runs: wholeNumber('runs', values.runs), seed: wholeNumber('seed', values.seed) },
    minutes: minutes === undefined ? (quick ? QUICK_MINUTES : FULL_MINUTES) : wholeNumber('minutes', minutes),
    ...(overload !== undefined && { overloadSeconds: wholeNumber('overload', overload) }),
    ...(values.only !== undefined && { only: values.only }),
    ...(values.json !== undefined && { json: values.json }),
  };
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`--${name} must be a whole number above 0, not ${text}.`);
}
