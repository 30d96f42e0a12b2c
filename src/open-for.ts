// Opens log and views for this house, without the framework: a server does both at the same time.
import { SHAPES, VIEWS } from './contents.js';
import type { Built } from './store/build-views.js';
import { inThread } from './store/in-thread.js';
import { openStores, type StorePlan, type Stores } from './store/stores.js';

/** Under a test runner the sources stand for themselves, but a thread needs what was built of them. */
export const threadOf = (module: 'views' | 'follow' | 'verify') =>
  new URL(`${import.meta.url.endsWith('.ts') ? '../dist' : '.'}/${module}.worker.js`, import.meta.url);

/** Throws `FolderInUse`, `Lost`, and `Unavailable` for a cluster out of reach. */
export function openFor(plan: StorePlan): Promise<Stores> {
  return openStores(plan, SHAPES, VIEWS, {
    build: (order, onBuilding, signal) => inThread<Built>(threadOf('views'), order, onBuilding, signal),
    follow: threadOf('follow'),
  });
}
