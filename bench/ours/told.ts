// bench, ours: what a process of its own has to tell when it is done.
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Throws when it ends before it has told anything. */
export async function toldBy<Told>(file: URL, args: readonly string[]): Promise<Told> {
  const child = fork(file, args);
  const ended = once(child, 'exit');
  const told = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
  await ended;
  if (!told) throw new Error(`${file.pathname} ended before it was done: see above.`);
  return told[0] as Told;
}
