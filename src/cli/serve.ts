// cli: the server, and the demonstration that ends in one.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { countriesReport } from '../country-report/countries.report.js';
import { renderReport } from '../exchange/import-report.js';
import { inWords, Readiness } from '../kernel/readiness.js';
import { createApp, getReady, openApp, refuseTakenPort, standardLog } from '../main.js';
import { Reporter } from '../nest/reporter.js';
import { withoutSecrets } from '../store/eventstoredb/address.js';
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

const TELL_AFTER_MS = 2_000;
const HISTORY = new URL('../../data/demo/march-2020.csv', import.meta.url);

/** Serves until a signal ends it. */
export async function serve(place: Place, options: ServeOptions): Promise<void> {
  await refuseTakenPort(options.port, options.host);
  const app = await openApp({ kind: 'folder', ...place, use: 'write' }, standardLog('info'));
  try {
    await app.listen(options.port, options.host);
    await readySoon(app);
    await sayWhere(app, place);
  } catch (error) {
    await app.close();
    throw error;
  }
}

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

/** Long work is told of on the terminal too, so that nobody takes it for a program that hangs. */
async function readySoon(app: NestFastifyApplication): Promise<void> {
  const told = setTimeout(() => {
    const { work } = app.get(Readiness);
    if (work) console.log(`Not ready yet: ${inWords(work)}. /health/ready says how far it is.`);
  }, TELL_AFTER_MS);
  await getReady(app).finally(() => clearTimeout(told));
}

async function sayWhere(app: NestFastifyApplication, { folder, eventStore }: Place): Promise<void> {
  const url = await app.getUrl();
  const kept = eventStore ? `Log: ${withoutSecrets(eventStore)}, views: ${folder}.` : `Data folder: ${folder}.`;
  console.log(`Relief Ledger answers at ${url}, the API describes itself at ${url}/api. ${kept} Ctrl+C stops it.`);
}
