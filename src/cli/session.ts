// cli: opens the house for one command and closes it again.
import type { INestApplicationContext } from '@nestjs/common';
import { openFor } from '../open-for.js';
import { FolderInUse } from '../store/data-folder.js';
import { hasLog, type Place } from '../store/place.js';
import { DiskFault } from '../store/sqlite-faults.js';
import type { StorePlan } from '../store/stores.js';
import { progressBar } from './progress.js';

/** Runs `work` in a house that may record. Throws `FolderInUse` beside another one. */
export async function withHouse<T>(
  place: Place,
  use: 'write' | 'rehearse',
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  // A rehearsal leaves no trace, not even a folder.
  if (use === 'rehearse' && !hasLog(place)) return within({ kind: 'memory' }, work);
  return within({ kind: 'folder', ...place, use }, work);
}

/** Runs `work` in a house that answers questions, also beside a server that uses the same folder. */
export async function withReports<T>(place: Place, work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  demandLog(place, 'begin one with "relief import" or "relief serve"');
  try {
    return await within({ kind: 'folder', ...place, use: 'write' }, work);
  } catch (error) {
    // Beside a server, and on a disk that takes nothing, what stands there can still be read.
    if (!(error instanceof FolderInUse) && !(error instanceof DiskFault)) throw error;
  }
  return within({ kind: 'folder', ...place, use: 'read' }, work);
}

/** Throws with what to do where there is no log. */
export function demandLog(place: Place, otherwise?: string): void {
  if (hasLog(place)) return;
  const advice = `Name the right folder with --data${otherwise ? `, or ${otherwise}` : ''}.`;
  throw new Error(`There is no log in ${place.folder}. ${advice}`);
}

/** Runs `work` in a house that is open but may not be up to date. */
export async function opened<T>(plan: StorePlan, work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  // The writer's thread opens the log while this one loads the framework.
  const [stores, { NestFactory }, { AppModule }] = await Promise.all([
    openFor(plan),
    import('@nestjs/core'),
    import('../app.module.js'),
  ]);
  const app = await NestFactory.createApplicationContext(AppModule.over(stores), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    await app.init();
    return await work(app);
  } finally {
    await app.close();
  }
}

async function within<T>(plan: StorePlan, work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  return opened(plan, async (app) => {
    if (plan.kind === 'memory' || plan.use !== 'read') {
      const { prepare } = await import('../nest/open-house.js');
      const bar = progressBar('bringing reports up to date', 'of the log');
      await prepare(app, (position, of) => bar.at(position, of));
      bar.end();
    }
    return work(app);
  });
}
