// bench: runs the trials in turns, each in a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from './options.ts';
import type { FigureName } from './rows.ts';
import { onSlowDisk } from './slow-disk.ts';
import { flushSizes, type Figures, type Setting } from './trial.ts';
import { startedWith } from './started-with.ts';
import { entryOf, isLimit, isPeer, STANDARD_EVENTS, type TrialName } from './trials.ts';

/** A run may take somewhat longer than the one before it. */
const SLOWER = 1.1;

/**
 * Every figure of every run. The trials take turns, so that a slow minute of the machine hits all of them. `ground` is
 * an empty folder.
 */
export async function measure(
  trials: readonly TrialName[],
  options: Options,
  ground: string,
): Promise<Map<FigureName, number[]>> {
  const began = performance.now();
  const figures = new Map<FigureName, number[]>();
  const run = async (trial: TrialName, nth: number) => {
    for (const [name, value] of Object.entries(await inOwnProcess(trial, nth, options, ground))) {
      const figure: FigureName = `${trial}.${name}`;
      figures.set(figure, [...(figures.get(figure) ?? []), value]);
    }
  };
  const isOnce = (trial: TrialName) => entryOf(trial).once ?? false;
  const ordered = [...logsFor(trials, options), ...trials.filter((trial) => !isLog(trial))];
  for (const trial of ordered.filter(isOnce)) await run(trial, 0);
  const repeated = ordered.filter((trial) => !isOnce(trial));
  for (let nth = 1; repeated.length > 0 && nth <= options.runs; nth++) {
    const turn = performance.now();
    for (const trial of repeated) await run(trial, nth);
    const now = performance.now();
    if (nth === options.runs || now - began + SLOWER * (now - turn) <= options.minutes * 60_000) continue;
    console.error(`After ${nth} of ${options.runs} runs the ${options.minutes} minutes are over.`);
    break;
  }
  return figures;
}

/** Above the standard size the seeded log is another one than the standard log. */
export function isLarge({ events }: Pick<Options, 'events'>): boolean {
  return events > STANDARD_EVENTS;
}

function isLog(trial: TrialName): boolean {
  return trial === 'history' || trial === 'standard';
}

function logOf(trial: TrialName, options: Options): 'history' | 'standard' {
  return entryOf(trial).on === 'standard' && isLarge(options) ? 'standard' : 'history';
}

function logsFor(trials: readonly TrialName[], options: Options): TrialName[] {
  const needed = trials.filter((trial) => entryOf(trial).on !== undefined).map((trial) => logOf(trial, options));
  return [...new Set([...needed, ...trials.filter(isLog)])];
}

async function inOwnProcess(trial: TrialName, nth: number, options: Options, ground: string): Promise<Figures> {
  const folder = join(ground, isLog(trial) ? trial : `${trial}-${nth}`);
  mkdirSync(folder);
  const { flushMs = 0 } = entryOf(trial);
  const history = isLog(trial) ? folder : join(ground, logOf(trial, options));
  const setting: Setting = { ...options, ...flushSizes(options, flushMs), folder, history, flushMs };
  const began = performance.now();
  const { env, execArgv } = onSlowDisk(flushMs);
  const child = fork(new URL('./trial.child.ts', import.meta.url), [trial, JSON.stringify(setting)], {
    env,
    execArgv: isPeer(trial) || isLimit(trial) ? execArgv : [...execArgv, ...startedWith()],
  });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${trial}${nth > 0 ? `, run ${nth},` : ''} ended with code ${String(code)}: see above.`);
  });
  const [figures] = (await Promise.race([once(child, 'message'), failed])) as [Figures];
  await failed.catch(() => undefined);
  if (!isLog(trial)) rmSync(folder, { recursive: true, force: true });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.error(`${trial}${nth > 0 ? `, run ${nth} of ${options.runs}` : ''}: ${seconds} s`);
  return figures;
}
