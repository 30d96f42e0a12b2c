// bench: one run of one trial, in a process of its own.
import type { Setting } from './trial.ts';
import { TRIALS, type TrialName } from './trials.ts';

const [name, setting] = process.argv.slice(2) as [TrialName, string];
process.send!(await TRIALS[name](JSON.parse(setting) as Setting));
process.disconnect();
