// bench: every trial by its name. Another contender is another name here and another column in rows.ts.
import { makeHistory } from './history.ts';
import * as http from './http/trials.ts';
import { overload } from './http/overload.ts';
import * as appends from './ours/appends.ts';
import * as clerk from './ours/clerk.ts';
import { exporting } from './ours/export.ts';
import { importLogbook } from './ours/import.ts';
import { lag } from './ours/lag.ts';
import { reports } from './ours/reports.ts';
import { start } from './ours/start.ts';
import { rebuild, verifying } from './ours/views.ts';
import * as raw from './raw/raw-appends.ts';
import { rowsOfAllViews } from './raw/raw-rows.ts';
import { foldInMemory, foldIntoTable } from './raw/raw-scan.ts';
import type { Setting, Trial } from './trial.ts';

/** The log of so many events that growth is measured against, and on which nothing takes long. */
export const STANDARD_EVENTS = 100_000;

interface Entry {
  readonly run: Trial;
  /** The seeded log it needs: the one of the size asked for, or the standard one. */
  readonly on?: 'history' | 'standard';
  /** How much longer a flush takes. */
  readonly flushMs?: number;
  /** Measured once, whatever the number of runs. */
  readonly once?: true;
}

/** Trials of a peer, which is installed or not; loaded when they run. */
const emmett = {
  appends: () => import('./peers/emmett-appends.ts'),
  log: () => import('./peers/emmett-log.ts'),
};

const history = 'history';
const standard = 'standard';
const oneWriter = async (setting: Setting) => (await emmett.appends()).oneWriter(setting);
const manyWriters = async (setting: Setting) => (await emmett.appends()).manyWriters(setting);

export const TRIALS = {
  /** Make the seeded logs, before all others. */
  history: { run: makeHistory, once: true },
  standard: { run: (setting) => makeHistory({ ...setting, events: STANDARD_EVENTS }), once: true },
  overload: { run: overload, once: true },
  verifying: { run: verifying, on: standard, once: true },
  exporting: { run: exporting, on: standard, once: true },
  rawOneWriter: { run: raw.oneCommitPerAppend },
  emmettOneWriter: { run: oneWriter },
  oneWriter: { run: appends.oneWriter },
  rawManyWriters: { run: raw.groupCommit },
  emmettManyWriters: { run: manyWriters },
  manyWriters: { run: appends.manyWriters },
  rawManyWritersFlush2: { run: raw.groupCommit, flushMs: 2 },
  emmettManyWritersFlush2: { run: manyWriters, flushMs: 2 },
  manyWritersFlush2: { run: appends.manyWriters, flushMs: 2 },
  rawBulk: { run: raw.bulk },
  emmettLog: { run: async (setting) => (await emmett.log()).bulkAndProjection(setting) },
  bulk: { run: appends.bulk },
  oneCaller: { run: clerk.oneCaller },
  manyCallers: { run: clerk.manyCallers },
  rawApp: { run: http.bareApp },
  emmettApp: { run: http.emmettApp },
  house: { run: http.house },
  emmettAppFlush1: { run: http.emmettApp, flushMs: 1 },
  houseFlush1: { run: http.house, flushMs: 1 },
  emmettAppFlush2: { run: http.emmettApp, flushMs: 2 },
  houseFlush2: { run: http.house, flushMs: 2 },
  rawFold: { run: foldInMemory, on: history },
  rawTable: { run: foldIntoTable, on: history },
  rebuild: { run: rebuild, on: history },
  rawRows: { run: rowsOfAllViews, on: history },
  lag: { run: lag },
  reports: { run: reports, on: history },
  reportsStandard: { run: reports, on: standard },
  start: { run: start, on: history },
  importLogbook: { run: importLogbook },
} as const satisfies Record<string, Entry>;

export type TrialName = keyof typeof TRIALS;

export function entryOf(trial: TrialName): Entry {
  return TRIALS[trial];
}

export function isPeer(trial: TrialName): boolean {
  return trial.startsWith('emmett');
}

export function isLimit(trial: TrialName): boolean {
  return trial.startsWith('raw');
}
