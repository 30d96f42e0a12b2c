// cli: files become entries.
import type { INestApplicationContext } from '@nestjs/common';
import { writeFileSync } from 'node:fs';
import { CatalogueView } from '../catalogue/catalogue.view.js';
import { ConsignmentView } from '../consignment/consignment.view.js';
import { importRows, type ImportOptions } from '../exchange/import.js';
import { renderReport, reportCsv } from '../exchange/import-report.js';
import type { ImportResult } from '../exchange/import-result.js';
import type { ImportSource, Instruction, Recorder } from '../exchange/instruction.js';
import { readLogbook } from '../exchange/logbook.js';
import { readMapped, readMapping } from '../exchange/mapping.js';
import type { Encoding } from '../exchange/text.js';
import type { Actor } from '../kernel/recorded.js';
import { circumstances, ordered } from '../nest/circumstances.js';
import { Clerk } from '../nest/clerk.js';
import { actorOf } from '../nest/from-request.js';
import type { Place } from '../store/place.js';
import { contentOf } from './files.js';
import { progressBar } from './progress.js';
import { withHouse } from './session.js';

export interface FileOptions {
  readonly mapping?: string;
  readonly encoding?: Encoding;
}

interface ImportCommandOptions extends FileOptions {
  readonly as: string;
  readonly dryRun?: boolean;
  readonly report?: string;
}

/** Imports a file, prints what became of its rows, and answers the exit code: 1 when a row was refused. */
export async function importCommand(place: Place, file: string, options: ImportCommandOptions): Promise<number> {
  const { dryRun = false, report } = options;
  const actor = actorOf(options.as);
  const source = await sourceOf(file, options);
  const result = await withHouse(place, dryRun ? 'rehearse' : 'write', (app) => importSource(app, source, actor));
  console.log(renderReport(result, { dryRun }));
  if (report) writeFileSync(report, reportCsv(result));
  return result.refused + result.cancelled > 0 ? 1 : 0;
}

/** Reads a file of rows. Throws `Invalid` before anything is recorded when it cannot be read as what it should be. */
export async function sourceOf(file: string | URL, { mapping, encoding = 'auto' }: FileOptions): Promise<ImportSource> {
  const bytes = contentOf(file);
  if (mapping === undefined) return readLogbook(bytes, { encoding });
  return readMapped(bytes, readMapping(contentOf(mapping).toString('utf8')), { encoding });
}

/** Records the rows of a source, at most `window` at a time; Ctrl+C ends it between two rows. */
export async function importSource(
  app: INestApplicationContext,
  source: ImportSource,
  actor: Actor,
  { window }: Pick<ImportOptions, 'window'> = {},
): Promise<ImportResult> {
  const cancelled = new AbortController();
  const cancel = () => cancelled.abort();
  process.once('SIGINT', cancel);
  const bar = progressBar('importing', 'rows');
  const [catalogue, consignments] = [app.get(CatalogueView), app.get(ConsignmentView)];
  try {
    return await importRows(source, recorderIn(app, actor), {
      ...(window !== undefined && { window }),
      signal: cancelled.signal,
      onProgress: (done, total) => bar.at(done, total),
      // A place that is not known yet may become a hub by a row before.
      isHub: (place) => (catalogue.one('place', place)?.kind ?? 'hub') === 'hub',
      isNew: (consignment) => !consignments.one(consignment),
    });
  } finally {
    bar.end();
    process.off('SIGINT', cancel);
  }
}

function recorderIn(app: INestApplicationContext, actor: Actor): Recorder {
  const clerk = app.get(Clerk);
  const command = ({ command, body, commandId, target }: Instruction) =>
    ordered(target ? clerk.correction(target, body) : clerk.command(command, body), {
      circumstances: circumstances({ actor, channel: 'import', commandId }),
    });
  return { record: (instructions) => clerk.record(instructions.map(command)) };
}
