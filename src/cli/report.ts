// cli: questions, each a definition that HTTP shares.
import { Option, type Command } from 'commander';
import { explainReport } from '../explain/explain.report.js';
import { REPORT_FORMATS, type ReportQuery } from '../nest/report.answers.js';
import type { ReportDefinition } from '../nest/report.definition.js';
import { valid } from '../nest/validate.js';
import { REPORTS } from '../reports.js';
import type { Place } from '../store/place.js';
import { placeOf, type PlaceOptions } from './place.js';

/** Adds `report NAME` for every report of the house, and `explain`, which people ask for by itself. */
export function addReports(relief: Command, kept: (command: Command) => Command): void {
  const report = relief.command('report').description('ask a question');
  for (const definition of REPORTS) addReport(report, definition, kept);
  addReport(relief, explainReport, kept);
}

function addReport(parent: Command, definition: ReportDefinition, kept: (command: Command) => Command): void {
  const command = kept(parent.command(definition.name).description(definition.description));
  if (!definition.ownDates) {
    command
      .option('--until <date>', 'happened up to: 2020-03-31, or 2020-03-31T12:00Z')
      .option('--known-at <date>', 'as known on, in the same form');
  }
  command
    .option('--time-zone <zone>', 'in which a date is a day, for example Europe/Brussels; UTC when left out')
    .addOption(new Option('--format <format>', 'how to print it').choices([...REPORT_FORMATS]).default('table'));
  for (const { flags, description } of definition.options) command.option(flags, description);
  command.action(({ data, eventStore, attachments, ...query }: PlaceOptions & ReportQuery) =>
    print(definition, placeOf({ data, eventStore, attachments }), query),
  );
}

async function print(definition: ReportDefinition, place: Place, options: ReportQuery): Promise<void> {
  const query = valid(definition.query, options);
  const { withReports } = await import('./session.js');
  await withReports(place, async (app) => {
    const { Reporter } = await import('../nest/reporter.js');
    const { body } = await app.get(Reporter).show(definition, query, 'table');
    process.stdout.write(`${body.trimEnd()}\n`);
  });
}
