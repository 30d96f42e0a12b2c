// bench: what ours costs beside the least it could cost, in one run. See docs/performance.md.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from './machine.ts';
import { optionsFrom, type Options } from './options.ts';
import { ROWS, trialsOf, type FigureName, type Row } from './rows.ts';
import { tableOf } from './table.ts';
import { measured, type Figures, type Measured, type Setting } from './trial.ts';
import { HISTORY, type TrialName } from './trials.ts';

const NEED_HISTORY: readonly TrialName[] = ['rawFold', 'rawTable', 'rebuild', 'reports', 'start'];

const ground = mkdtempSync(join(tmpdir(), 'relief-bench-'));
process.once('exit', () => rmSync(ground, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = optionsFrom(process.argv.slice(2));
  const rows = rowsOf(options);
  const about = machine();
  console.log(header(about, options));
  const figures = await measure(rows, options);
  const find = (name: FigureName): Measured | undefined => {
    const values = figures.get(name);
    return values && measured(values);
  };
  console.log(tableOf(rows, find));
  if (options.json) writeFileSync(options.json, asJson(about, options, rows, figures));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function rowsOf({ only }: Options): Row[] {
  const rows = ROWS.filter(({ group }) => only === undefined || group === only);
  if (rows.length > 0) return rows;
  throw new Error(`--only must be one of ${[...new Set(ROWS.map(({ group }) => group))].join(', ')}.`);
}

/** Every figure of every run; the trials take turns, so that a slow minute of the machine hits all of them. */
async function measure(rows: readonly Row[], options: Options): Promise<Map<FigureName, number[]>> {
  const figures = new Map<FigureName, number[]>();
  const keep = (trial: TrialName, found: Figures) => {
    for (const [name, value] of Object.entries(found)) {
      const figure: FigureName = `${trial}.${name}`;
      figures.set(figure, [...(figures.get(figure) ?? []), value]);
    }
  };
  const trials = trialsOf(rows);
  if (trials.some((trial) => trial === HISTORY || NEED_HISTORY.includes(trial))) {
    keep(HISTORY, await inOwnProcess(HISTORY, options, 0));
  }
  for (let run = 1; run <= options.runs; run++) {
    for (const trial of trials) if (trial !== HISTORY) keep(trial, await inOwnProcess(trial, options, run));
  }
  return figures;
}

async function inOwnProcess(trial: TrialName, options: Options, run: number): Promise<Figures> {
  const folder = join(ground, `${trial}-${run}`);
  mkdirSync(folder);
  const setting: Setting = { ...options, folder, history: join(ground, HISTORY) };
  const began = performance.now();
  const child = fork(new URL('./trial.child.ts', import.meta.url), [trial, JSON.stringify(setting)]);
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${trial}, run ${run}, ended with code ${String(code)}: see above.`);
  });
  const [figures] = (await Promise.race([once(child, 'message'), failed])) as [Figures];
  await failed.catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
  progress(trial, run, options.runs, (performance.now() - began) / 1000);
  return figures;
}

function progress(trial: TrialName, run: number, runs: number, seconds: number): void {
  console.error(`${trial}${run > 0 ? `, run ${run} of ${runs}` : ''}: ${seconds.toFixed(1)} s`);
}

function header(about: Record<string, string>, { events, runs, seed }: Options): string {
  const lines = Object.entries(about).map(([name, value]) => `${name} ${value}`);
  const workload = `${events.toLocaleString('en-GB')} events, seed ${seed}; median (minimum–maximum) of ${runs} runs`;
  return `${lines.join('; ')}\n${workload}\n`;
}

function asJson(
  about: Record<string, string>,
  options: Options,
  rows: readonly Row[],
  figures: Map<FigureName, number[]>,
): string {
  const all = Object.fromEntries([...figures].map(([name, runs]) => [name, { ...measured(runs), each: runs }]));
  const table = rows.map(({ group, what, unit, limit, ours, goal }) => ({
    group,
    what,
    unit,
    limit,
    ours,
    goal: goal?.text,
  }));
  return `${JSON.stringify({ machine: about, options, rows: table, figures: all }, null, 2)}\n`;
}
