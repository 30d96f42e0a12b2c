// bench: how long the event loop stood still.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** In milliseconds; a stall is measured this much too long at most. */
const RESOLUTION_MS = 1;
const SETTLE_MS = 25;

const pause = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

export interface Watch {
  /** The longest stall since the watch began, in milliseconds. */
  end(): Promise<number>;
}

/** The loop must have turned before and after the work, or a stall that fills all of it is not seen. */
export async function watchLoop(): Promise<Watch> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await pause();
  return {
    end: async () => {
      await pause();
      delays.disable();
      return delays.max / 1e6;
    },
  };
}

/** The longest stall while `work` runs, in milliseconds. */
export async function longestStall(work: () => Promise<unknown>): Promise<number> {
  const watch = await watchLoop();
  await work();
  return watch.end();
}
