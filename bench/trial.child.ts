// bench: one run of one trial, in a process of its own.
import type { Setting } from './trial.ts';
import { entryOf, type TrialName } from './trials.ts';

const [name, setting] = process.argv.slice(2) as [TrialName, string];
process.send!(await entryOf(name).run(JSON.parse(setting) as Setting));
process.disconnect();
