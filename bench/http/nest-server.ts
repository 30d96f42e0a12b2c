// bench: a Nest application as a server under load.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Listening } from './server.ts';

export async function listening(app: NestFastifyApplication): Promise<Listening> {
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), close: () => app.close() };
}
