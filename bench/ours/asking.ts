// bench, ours: questions, put as the command line puts them.
import type { INestApplicationContext } from '@nestjs/common';
import type { CountryRow } from '../../src/country-report/country-report.ts';
import type { ReportQuery } from '../../src/nest/report.answers.ts';
import * as built from '../built.ts';
import { text } from '../story.ts';
import type { Cell, Limits } from '../totals.ts';

export type Ask = (name: string, query: object) => Promise<string>;

/** Answers the report of that name as JSON. */
export async function asking(app: INestApplicationContext): Promise<Ask> {
  const { Reporter } = await built.reporter();
  const { REPORTS } = await built.reports();
  const { valid } = await built.validate();
  const reporter = app.get(Reporter);
  return async (name, query) => {
    const definition = REPORTS.find((report) => report.name === name)!;
    return (await reporter.show(definition, valid<ReportQuery>(definition.query, query), 'json')).body;
  };
}

/** The country report within these limits, in cells as the generator counts them. */
export async function countries(ask: Ask, { until, knownAt }: Limits = {}): Promise<Cell[]> {
  const dates = {
    ...(until !== undefined && { until: text(until) }),
    ...(knownAt !== undefined && { knownAt: text(knownAt) }),
  };
  return cellsOf(await ask('countries', dates));
}

/** Of the country report's JSON. */
export function cellsOf(report: string): Cell[] {
  const { rows } = JSON.parse(report) as { rows: CountryRow[] };
  return rows.flatMap(({ country, destination, item, unit: _unit, delivered, ...quantities }) => {
    const buckets = { ...quantities, deliveredReported: delivered - quantities.deliveredConfirmed };
    return Object.entries(buckets)
      .filter(([, quantity]) => quantity !== 0)
      .map(([bucket, quantity]): Cell => ({ destination: country ?? destination!, item, bucket, quantity }));
  });
}
