// Waits for views that follow by themselves: asking them to catch up would do the work of what is tested.
import { setTimeout as pause } from 'node:timers/promises';
import type { Projector } from '../../src/kernel/projector.js';

/** Sooner than a node looks for itself, which it does every five seconds: only a wake-up is in time. */
const SOON_MS = 4_000;

/** Throws when the views did not hear of a position soon. */
export async function heard(projector: Projector, position: number): Promise<void> {
  const late = performance.now() + SOON_MS;
  while (projector.checkpoint.position < position) {
    if (performance.now() > late) throw new Error(`Nothing was heard of position ${position} in ${SOON_MS} ms.`);
    await pause(5);
  }
}
