// bench: how a server under load talks to whoever started it.
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What a server says when it listens, and what it has to tell when it ends. */
type Message = { readonly url: string } | { readonly told: number | null };

/** What a server must do for `serveUntilTold`. */
export interface Listening {
  readonly url: string;
  close(): Promise<unknown>;
}

/** A server in a process of its own. */
export interface Server {
  readonly url: string;
  /** Ends the server; answers what it had to tell. */
  end(): Promise<number | null>;
}

/** The server's side: serves until told to end, then says `tell`. */
export async function serveUntilTold(server: Listening, tell: () => Promise<number | null>): Promise<void> {
  // Whoever started this server has died.
  const abandoned = () => process.exit(1);
  process.once('disconnect', abandoned);
  say({ url: server.url });
  await once(process, 'message');
  say({ told: await tell() });
  await server.close();
  process.off('disconnect', abandoned);
  process.disconnect();
}

/** Starts one of the `.child.ts` files. */
export async function startServer(file: URL, args: readonly string[]): Promise<Server> {
  const child = fork(file, args, { stdio: 'inherit' });
  const { url } = (await message(child)) as { url: string };
  const end = async () => {
    child.send('end');
    const { told } = (await message(child)) as { told: number | null };
    if (child.exitCode === null) await once(child, 'exit');
    if (child.exitCode !== 0) throw new Error(`The server ended with code ${child.exitCode}: see above.`);
    return told;
  };
  return { url, end };
}

async function message(child: ChildProcess): Promise<Message> {
  const [first] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with code ${String(code)}.`))),
  ])) as [Message];
  return first;
}

function say(message: Message): void {
  process.send!(message);
}
