// bench, ours: every view from the first event, in a process that holds little else, so that its memory tells.
import type { Stores } from '../../src/store/stores.ts';
import * as built from '../built.ts';
import { longestStall } from '../stalls.ts';
import { peakMiB, seconds } from '../trial.ts';

const [folder] = process.argv.slice(2) as [string];
const { openFor } = await built.openFor();
let stores: Stores | undefined;
let took = 0;
const stallMs = await longestStall(async () => {
  took = await seconds(async () => {
    stores = await openFor({ kind: 'folder', folder, use: 'write' });
    await stores.rebuilding!.upToDate();
  });
});
process.send!({ took, peakMiB: peakMiB(), stallMs });
process.disconnect();
await stores!.close();
