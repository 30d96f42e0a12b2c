// bench: what ours costs beside the least it could cost and beside a peer, in one run. See docs/performance.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPeers, machine } from './machine.ts';
import { isLarge, measure } from './measure.ts';
import { optionsFrom, type Options } from './options.ts';
import { ROWS, trialOf, trialsOf, type FigureName, type Row } from './rows.ts';
import { linesOf, ratio, summaryOf, tableOf, type Line } from './table.ts';
import { measured, type Measured } from './trial.ts';
import { isPeer, STANDARD_EVENTS } from './trials.ts';

const ground = mkdtempSync(join(tmpdir(), 'relief-bench-'));
process.once('exit', () => rmSync(ground, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = optionsFrom(process.argv.slice(2));
  const rows = rowsOf(options);
  const about = machine();
  console.log(header(about, options));
  const figures = await measure(trialsToRun(rows, options), options, ground);
  const find = (name: FigureName): Measured | undefined => {
    const values = figures.get(name);
    return values && measured(values);
  };
  const lines = linesOf(rows, find, options.events);
  console.log([tableOf(lines), summaryOf(lines), ...notes(lines, options)].join('\n'));
  if (options.json) writeFileSync(options.json, asJson(about, options, lines, figures));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function rowsOf({ only, thorough }: Options): Row[] {
  const groups = new Set<string>(ROWS.map(({ group }) => group));
  const wanted = only?.split(',') ?? [...groups];
  const unknown = wanted.find((group) => !groups.has(group));
  if (unknown !== undefined) throw new Error(`--only takes ${[...groups].join(', ')}; there is no ${unknown}.`);
  return ROWS.filter((row) => wanted.includes(row.group) && (thorough || !row.thorough));
}

function trialsToRun(rows: readonly Row[], options: Options) {
  const peers = hasPeers();
  return trialsOf(rows).filter((trial) => {
    return (peers || !isPeer(trial)) && (isLarge(options) || trial !== 'reportsStandard');
  });
}

function header(about: Record<string, string>, { events, runs, seed, minutes }: Options): string {
  const lines = Object.entries(about).map(([name, value]) => `${name} ${value}`);
  const effort = `median (minimum–maximum) of ${runs} runs, fewer if they take more than ${minutes} minutes`;
  return `${lines.join('; ')}\n${events.toLocaleString('en-GB')} events, seed ${seed}; ${effort}\n`;
}

/** What somebody who reads the table must know. */
function notes(lines: readonly Line[], options: Options): string[] {
  const rows = lines.map(({ row }) => row);
  const runs = Math.max(...lines.map(({ ours }) => ours?.runs ?? 0));
  const unmeasured = rows.some(({ peer }) => peer && isPeer(trialOf(peer))) && !hasPeers();
  const ungrown = rows.some(({ dividedBy }) => dividedBy) && !isLarge(options);
  return [
    `Runs of each trial: ${runs}; a figure without minimum and maximum was measured once.`,
    ...(unmeasured ? ['Emmett not measured: run npm ci in bench/peers.'] : []),
    ...(ungrown ? [`Growth not measured: --events above ${STANDARD_EVENTS.toLocaleString('en-GB')}.`] : []),
  ];
}

function asJson(
  about: Record<string, string>,
  options: Options,
  lines: readonly Line[],
  figures: Map<FigureName, number[]>,
): string {
  const all = Object.fromEntries([...figures].map(([name, runs]) => [name, { ...measured(runs), each: runs }]));
  const table = lines.map(({ row, limit, peer, ours, verdicts }) => ({
    ...{ group: row.group, what: row.what, unit: row.unit, limit, peer, ours },
    ...{ oursToLimit: ratio(ours, limit), oursToPeer: ratio(ours, peer) },
    goals: (row.goals ?? []).map(({ text }, index) => ({ goal: text, verdict: verdicts[index] })),
  }));
  return `${JSON.stringify({ machine: about, options, rows: table, figures: all }, null, 2)}\n`;
}
