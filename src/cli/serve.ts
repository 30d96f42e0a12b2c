// cli: the server.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { inWords, Readiness } from '../kernel/readiness.js';
import { statedLevel, statedLimits } from '../nest/stated.js';
import { openFor } from '../open-for.js';
import { withoutSecrets } from '../store/eventstoredb/address.js';
import type { Place } from '../store/place.js';
import { refuseTakenPort } from './port.js';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
}

const TELL_AFTER_MS = 2_000;

/** Serves until a signal ends it. */
export async function serve(place: Place, options: ServeOptions): Promise<void> {
  const [limits, level] = [statedLimits(), statedLevel('info')];
  await refuseTakenPort(options.port, options.host);
  // The writer's thread opens the log while this one loads the framework.
  const [stores, { getReady, openApp }, { serverLog }] = await Promise.all([
    openFor({ kind: 'folder', ...place, use: 'write' }),
    import('../main.js'),
    import('../nest/server-log.js'),
  ]);
  const app = await openApp(stores, serverLog(level), limits);
  try {
    await app.listen(options.port, options.host);
    await toldOf(app, getReady(app));
    await sayWhere(app, place);
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Long work is told of on the terminal too, so that nobody takes it for a program that hangs. */
async function toldOf(app: NestFastifyApplication, gettingReady: Promise<void>): Promise<void> {
  const told = setTimeout(() => {
    const { work } = app.get(Readiness);
    if (work) console.log(`Not ready yet: ${inWords(work)}. /health/ready says how far it is.`);
  }, TELL_AFTER_MS);
  await gettingReady.finally(() => clearTimeout(told));
}

/** Names the address that it answers at, and where things are kept. */
export async function sayWhere(app: NestFastifyApplication, { folder, eventStore }: Place): Promise<void> {
  const url = await app.getUrl();
  const kept = eventStore ? `Log: ${withoutSecrets(eventStore)}, views: ${folder}.` : `Data folder: ${folder}.`;
  console.log(`Relief Ledger answers at ${url}, the API describes itself at ${url}/api. ${kept} Ctrl+C stops it.`);
}
