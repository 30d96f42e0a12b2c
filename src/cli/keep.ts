// cli: looking after the data: rebuild, verify, back up.
import { join } from 'node:path';
import { isClean, verdictOnFile, verify, type Finding, type Verdict } from '../audit/verify.js';
import { grouped } from '../kernel/quantity.js';
import { textTable } from '../kernel/text-table.js';
import { Attachments } from '../store/attachments.js';
import { backup } from '../store/backup.js';
import { DamagedLog } from '../store/damaged-log.js';
import { claim, EVENTS, exists, VIEWS } from '../store/data-folder.js';
import { STORES, type Stores } from '../store/stores.js';
import { remove } from '../store/views-database.js';
import { contentOf } from './files.js';
import { progressBar } from './progress.js';
import { withHouse, withReports } from './session.js';

/** Makes the views anew from the first event. */
export async function rebuild(folder: string): Promise<void> {
  demandLog(folder);
  const lock = claim(folder);
  remove(join(folder, VIEWS));
  lock.release();
  const started = performance.now();
  await withHouse(folder, 'write', async (app) => {
    const { events } = app.get<Stores>(STORES).projector.checkpoint;
    const seconds = (performance.now() - started) / 1000;
    console.log(`Rebuilt every report from ${grouped(events)} events in ${seconds.toFixed(1)} s.`);
  });
}

/** Prints the verdict; true when nothing is broken. */
export async function printVerdict(folder: string): Promise<boolean> {
  const verdict = await verdictOf(folder);
  console.log(asText(verdict));
  return isClean(verdict);
}

async function verdictOf(folder: string): Promise<Verdict> {
  try {
    return await withReports(folder, async (app) => {
      const stores = app.get<Stores>(STORES);
      const bar = progressBar('verifying', 'events');
      const verdict = await verify(stores, (events) => bar.at(events, stores.projector.checkpoint.events));
      bar.end();
      return verdict;
    });
  } catch (error) {
    if (!(error instanceof DamagedLog)) throw error;
    return verdictOnFile(join(folder, EVENTS), error);
  }
}

export async function backUp(folder: string, file: string): Promise<void> {
  demandLog(folder);
  const bar = progressBar('backing up', 'pages');
  await backup(folder, file, (done, total) => bar.at(done, total));
  bar.end();
  console.log(
    `The log of ${folder} is in ${file}. Copy the folder attachments beside it. To restore: put it into an empty folder as events.db, and attachments with it.`,
  );
}

/** Keeps a photo or scan and prints the name by which entries refer to it. */
export async function attach(folder: string, file: string): Promise<void> {
  demandLog(folder);
  const { sha256, mediaType, bytes } = await new Attachments(folder).keep(contentOf(file));
  console.log(`${sha256}  ${mediaType}, ${grouped(bytes)} bytes. Name it in attachments of a receipt or delivery.`);
}

function demandLog(folder: string): void {
  if (!exists(folder)) throw new Error(`There is no log in ${folder}. Name the right folder with --data.`);
}

function asText(verdict: Verdict): string {
  const rows = verdict.findings.map(({ law, checked, broken }) => [
    broken.length ? 'BROKEN' : 'holds',
    law,
    grouped(checked),
  ]);
  const faults = verdict.findings.flatMap(faultsOf);
  const exceptions = verdict.exceptions.map((exception) => `  ${exception}`);
  return [
    `Verified ${grouped(verdict.events)} events up to log position ${verdict.position}.`,
    '',
    textTable(['', 'what must hold', 'checked'], rows, 2),
    ...(faults.length ? ['Broken:', ...faults, ''] : []),
    ...(exceptions.length
      ? ['Negative balances, because facts contradict each other; find out and correct:', ...exceptions, '']
      : []),
    faults.length ? 'The books are NOT in order.' : 'The books are in order.',
  ].join('\n');
}

function faultsOf({ law, broken }: Finding): string[] {
  return broken.length ? [`  ${law}`, ...broken.map((fault) => `    ${fault}`)] : [];
}
