// bench, ours: an import in a process that made nothing else, so that it collects no garbage but its own.
import { readFileSync } from 'node:fs';
import * as built from '../built.ts';
import { openHouse } from '../history.ts';
import { longestStall } from '../stalls.ts';
import { mustBe } from '../totals.ts';
import { seconds } from '../trial.ts';

const ACTOR = { id: 'u-17', role: 'logistician' };

const [folder, file, rows] = process.argv.slice(2) as [string, string, string];
const { importSource } = await built.importing();
const { readLogbook } = await built.logbook();
const house = await openHouse(folder);
const csv = readFileSync(file);
let took = 0;
const stallMs = await longestStall(async () => {
  took = await seconds(async () => {
    const result = await importSource(house.app, await readLogbook(csv), ACTOR);
    mustBe('Number of accepted rows', Number(rows), result.accepted);
  });
});
process.send!({ took, stallMs });
process.disconnect();
await house.close();
