// bench: the servers under the same load.
import type { Trial } from '../trial.ts';
import { loadTest } from './load.ts';

export const bareApp: Trial = (setting) => loadTest(new URL('../raw/bare-app.child.ts', import.meta.url), setting);
export const house: Trial = (setting) => loadTest(new URL('../ours/server.child.ts', import.meta.url), setting);
export const emmettApp: Trial = (setting) =>
  loadTest(new URL('../peers/emmett-app.child.ts', import.meta.url), setting);
