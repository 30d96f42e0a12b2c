// store: threads whose work nobody waits for leave the processor to those that answer.
import { constants, setPriority } from 'node:os';

/** Gives the calling thread a low priority; only where a thread has one of its own, for elsewhere it is the program's. */
export function stepBack(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
