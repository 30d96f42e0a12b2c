// bench: every trial by its name. Another contender is another name here and another column in rows.ts.
import { makeHistory } from './history.ts';
import * as http from './http/trials.ts';
import * as appends from './ours/appends.ts';
import * as clerk from './ours/clerk.ts';
import { importLogbook } from './ours/import.ts';
import { start } from './ours/start.ts';
import * as views from './ours/views.ts';
import * as raw from './raw/raw-appends.ts';
import { foldInMemory, foldIntoTable } from './raw/raw-scan.ts';
import type { Trial } from './trial.ts';

/** Makes the seeded log; once, before all others. */
export const HISTORY = 'history';

export const TRIALS = {
  [HISTORY]: makeHistory,
  rawOneWriter: raw.oneCommitPerAppend,
  oneWriter: appends.oneWriter,
  rawManyWriters: raw.groupCommit,
  manyWriters: appends.manyWriters,
  rawBulk: raw.bulk,
  bulk: appends.bulk,
  oneCaller: clerk.oneCaller,
  manyCallers: clerk.manyCallers,
  bareApp: http.bareApp,
  house: http.house,
  rawFold: foldInMemory,
  rawTable: foldIntoTable,
  rebuild: views.rebuild,
  reports: views.reports,
  start,
  importLogbook,
} satisfies Record<string, Trial>;

export type TrialName = keyof typeof TRIALS;
