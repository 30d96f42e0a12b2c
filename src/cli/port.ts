// cli: whether a port is free.
import { createServer } from 'node:net';

/** Throws with a sentence to act on when the port is taken; asked before long work, so that nobody waits in vain. */
export async function refuseTakenPort(port: number, host: string): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen(port, host, resolve);
    });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is in use. Choose another one with --port, or stop the program that has it.`);
  }
  await new Promise((resolve) => probe.close(resolve));
}
