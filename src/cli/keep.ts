// cli: looking after the data: rebuild, verify, back up.
import { join } from 'node:path';
import { isClean, verdictOnFile, type Finding, type Verdict } from '../audit/verify.js';
import { grouped } from '../kernel/quantity.js';
import { textTable } from '../kernel/text-table.js';
import { threadOf } from '../open-for.js';
import { Attachments } from '../store/attachments.js';
import { backup } from '../store/backup.js';
import type { Comparison } from '../store/comparison.js';
import type { DamagedLog } from '../store/damaged-log.js';
import { EVENTS } from '../store/data-folder.js';
import { inThread } from '../store/in-thread.js';
import type { Place } from '../store/place.js';
import { STORES, type Stores } from '../store/stores.js';
import { contentOf } from './files.js';
import { progressBar } from './progress.js';
import { demandLog, opened, withReports } from './session.js';

/** Makes the views anew from the first event, beside those there are; a build that was interrupted goes on. */
export async function rebuild(place: Place): Promise<void> {
  demandLog(place);
  const started = performance.now();
  await opened({ kind: 'folder', ...place, use: 'mend' }, async (app) => {
    const bar = progressBar('rebuilding', 'of the log');
    const built = await app.get<Stores>(STORES).rebuilding!.rebuild((position, of) => bar.at(position, of));
    bar.end();
    const seconds = (performance.now() - started) / 1000;
    console.log(`Rebuilt every report from ${grouped(built.events)} events in ${seconds.toFixed(1)} s.`);
    console.log(inWords(built.comparison));
  });
}

/** Prints the verdict; true when nothing is broken. */
export async function printVerdict(place: Place, nodes: readonly string[]): Promise<boolean> {
  const verdict = await verdictOf(place, nodes);
  console.log(asText(verdict));
  return isClean(verdict);
}

async function verdictOf(place: Place, nodes: readonly string[]): Promise<Verdict> {
  try {
    return await withReports(place, async () => {
      const bar = progressBar('verifying', 'events');
      try {
        return await inThread<Verdict>(threadOf('verify'), { ...place, nodes }, (done, of) => bar.at(done, of));
      } finally {
        bar.end();
      }
    });
  } catch (error) {
    if (!isDamage(error)) throw error;
    return verdictOnFile(join(place.folder, EVENTS), error);
  }
}

export async function backUp(place: Place, file: string): Promise<void> {
  if (place.eventStore) {
    throw new Error(
      'An event store is backed up with its own tools (docs/cluster.md), or copied: relief copy --from ADDRESS --data DIR.',
    );
  }
  demandLog(place);
  const { folder } = place;
  const bar = progressBar('backing up', 'pages');
  await backup(folder, file, (done, total) => bar.at(done, total));
  bar.end();
  console.log(
    `The log of ${folder} is in ${file}. Copy the folder attachments beside it. To restore: put it into an empty folder as events.db, and attachments with it.`,
  );
}

/** Keeps a photo or scan and prints the name by which entries refer to it. */
export async function attach(place: Place, file: string): Promise<void> {
  demandLog(place);
  const { sha256, mediaType, bytes } = await new Attachments(place.folder, place.attachments).keep(contentOf(file));
  console.log(`${sha256}  ${mediaType}, ${grouped(bytes)} bytes. Name it in attachments of a receipt or delivery.`);
}

/** Also of an error that came from another thread, which forgets its class. */
function isDamage(error: unknown): error is DamagedLog {
  return error instanceof Error && error.name === 'DamagedLog';
}

function inWords(comparison: Comparison | undefined): string {
  if (comparison?.position === undefined) return 'There was nothing to compare them with.';
  const { position, rows, tables, differences } = comparison;
  const compared = `Compared with the ones before at position ${position}: ${grouped(rows)} rows in ${tables} tables`;
  return differences.length === 0 ? `${compared}, all the same.` : [`${compared}.`, ...differences].join('\n  ');
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
    ...(verdict.clocks.length
      ? ['Dates of recording that go back, because the clocks of the event store differ; positions count:']
      : []),
    ...verdict.clocks.map((clock) => `  ${clock}`),
    faults.length ? 'The books are NOT in order.' : 'The books are in order.',
  ].join('\n');
}

function faultsOf({ law, broken }: Finding): string[] {
  return broken.length ? [`  ${law}`, ...broken.map((fault) => `    ${fault}`)] : [];
}
