// cli: opens the house for one command and closes it again.
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { AppModule, openFor } from '../app.module.js';
import { prepare } from '../nest/open-house.js';
import { exists, FolderInUse } from '../store/data-folder.js';
import { DiskFault } from '../store/sqlite-faults.js';
import type { StorePlan } from '../store/stores.js';
import { progressBar } from './progress.js';

/** Runs `work` in a house that may record. Throws `FolderInUse` beside another one. */
export async function withHouse<T>(
  folder: string,
  use: 'write' | 'rehearse',
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  // A rehearsal leaves no trace, not even a folder.
  if (use === 'rehearse' && !exists(folder)) return within({ kind: 'memory' }, work);
  return within({ kind: 'folder', folder, use }, work);
}

/**
 * Runs `work` in a house that answers questions, also beside a server that uses the same folder; `beside` leaves the
 * folder free for a server to come.
 */
export async function withReports<T>(
  folder: string,
  work: (app: INestApplicationContext) => Promise<T>,
  claim: 'own' | 'beside' = 'own',
): Promise<T> {
  if (!exists(folder)) {
    throw new Error(
      `There is no log in ${folder}. Name the right folder with --data, or begin one with "relief import" or "relief serve".`,
    );
  }
  try {
    if (claim === 'own') return await within({ kind: 'folder', folder, use: 'write' }, work);
  } catch (error) {
    // Beside a server, and on a disk that takes nothing, what stands there can still be read.
    if (!(error instanceof FolderInUse) && !(error instanceof DiskFault)) throw error;
  }
  return within({ kind: 'folder', folder, use: 'read' }, work);
}

async function within<T>(plan: StorePlan, work: (app: INestApplicationContext) => Promise<T>): Promise<T> {
  const app = await NestFactory.createApplicationContext(AppModule.over(await openFor(plan)), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    await app.init();
    if (plan.kind === 'memory' || plan.use !== 'read') {
      const bar = progressBar('bringing reports up to date', 'events');
      await prepare(app, ({ events }) => bar.at(events));
      bar.end();
    }
    return await work(app);
  } finally {
    await app.close();
  }
}
