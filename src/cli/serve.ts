// cli: the server, and the demonstration that ends in one.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { countriesReport } from '../country-report/countries.report.js';
import { renderReport } from '../exchange/import-report.js';
import { createApp, refuseTakenPort, standardLog } from '../main.js';
import { Reporter } from '../nest/reporter.js';
import { withoutSecrets } from '../store/eventstoredb/connection.js';
import type { Place } from '../store/place.js';
import { STORES, type Stores } from '../store/stores.js';
import { importSource, sourceOf } from './import.js';

interface ServeOptions {
  readonly port: number;
  readonly host: string;
}

interface DemoOptions extends ServeOptions {
  /** False: stop after the totals. */
  readonly serve: boolean;
}

const HISTORY = new URL('../../data/demo/march-2020.csv', import.meta.url);

/** Serves until a signal ends it. */
export async function serve(place: Place, options: ServeOptions): Promise<void> {
  await refuseTakenPort(options.port, options.host);
  await answer(await createApp({ kind: 'folder', ...place, use: 'write' }, standardLog('info')), place, options);
}

/** Plays the history of March 2020 into the folder, prints its totals, and serves. */
export async function demo(place: Place, options: DemoOptions): Promise<void> {
  if (options.serve) await refuseTakenPort(options.port, options.host);
  const app = await createApp({ kind: 'folder', ...place, use: 'write' });
  const result = await importSource(app, sourceOf(HISTORY, {}), { id: 'demo', role: 'operator' });
  await app.get<Stores>(STORES).projector.catchUp();
  const totals = await app.get(Reporter).show(countriesReport, { until: '2020-03-31' }, 'table');
  console.log(`The history of March 2020 (data/demo): ${renderReport(result, { allUpTo: 0 })}\n`);
  console.log(totals.body);
  if (options.serve) await answer(app, place, options);
  else await app.close();
}

async function answer(
  app: NestFastifyApplication,
  { folder, eventStore }: Place,
  { port, host }: ServeOptions,
): Promise<void> {
  await app.listen(port, host);
  const url = await app.getUrl();
  const kept = eventStore ? `Log: ${withoutSecrets(eventStore)}, views: ${folder}.` : `Data folder: ${folder}.`;
  console.log(`Relief Ledger answers at ${url}, the API describes itself at ${url}/api. ${kept} Ctrl+C stops it.`);
}
