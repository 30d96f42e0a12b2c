// bench: how the processes of one trial learn that a flush shall take longer.

const NAME = 'RELIEF_BENCH_FLUSH_MS';
const PRELOAD = new URL('./flush.ts', import.meta.url).href;

/** In milliseconds; 0 for the disk as it is. */
export function flushMs(): number {
  return Number(process.env[NAME] ?? 0);
}

/** Options under which a forked process, its threads and whatever it forks have the slow disk. */
export function onSlowDisk(milliseconds: number): { env: NodeJS.ProcessEnv; execArgv: string[] } {
  if (milliseconds === 0) return { env: process.env, execArgv: process.execArgv };
  return {
    env: { ...process.env, [NAME]: String(milliseconds) },
    execArgv: [...process.execArgv, '--import', PRELOAD],
  };
}

/** Throws when one caller after the other was answered faster than the slow flush allows: then it reached nobody. */
export function demandSlow(answersPerSecond: number): void {
  const most = flushMs() > 0 ? 1_000 / flushMs() : Infinity;
  if (answersPerSecond > most) {
    throw new Error(`The slow flush has no effect: ${answersPerSecond.toFixed(0)} answers a second, at most ${most}.`);
  }
}
