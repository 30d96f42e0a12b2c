// bench: how a server under load talks to whoever started it.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { once } from 'node:events';
import type { ServerMessage } from './load.ts';

/** Listens until told to end; then says how many deliveries are recorded, if it records any. */
export async function serveUntilTold(
  app: NestFastifyApplication,
  recorded: () => Promise<number | null>,
): Promise<void> {
  await app.listen(0, '127.0.0.1');
  say({ url: await app.getUrl() });
  await once(process, 'message');
  say({ recorded: await recorded() });
  await app.close();
  process.disconnect();
}

function say(message: ServerMessage): void {
  process.send!(message);
}
