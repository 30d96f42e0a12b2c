// cli: the demonstration, which ends in a server.
import { countriesReport } from '../country-report/countries.report.js';
import { renderReport } from '../exchange/import-report.js';
import { createApp } from '../main.js';
import { Reporter } from '../nest/reporter.js';
import type { Place } from '../store/place.js';
import { STORES, type Stores } from '../store/stores.js';
import { importSource, sourceOf } from './import.js';
import { refuseTakenPort } from './port.js';
import { sayWhere, type ServeOptions } from './serve.js';

interface DemoOptions extends ServeOptions {
  /** False: stop after the totals. */
  readonly serve: boolean;
}

const HISTORY = new URL('../../data/demo/march-2020.csv', import.meta.url);

/** Plays the history of March 2020 into the folder, prints its totals, and serves. */
export async function demo(place: Place, options: DemoOptions): Promise<void> {
  if (options.serve) await refuseTakenPort(options.port, options.host);
  const app = await createApp({ kind: 'folder', ...place, use: 'write' });
  const result = await importSource(app, await sourceOf(HISTORY, {}), { id: 'demo', role: 'operator' });
  await app.get<Stores>(STORES).projector.catchUp();
  const totals = await app.get(Reporter).show(countriesReport, { until: '2020-03-31' }, 'table');
  console.log(`The history of March 2020 (data/demo): ${renderReport(result, { allUpTo: 0 })}\n`);
  console.log(totals.body);
  if (!options.serve) return app.close();
  await app.listen(options.port, options.host);
  await sayWhere(app, place);
}
