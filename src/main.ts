// Serves the house over HTTP, with its description at /api.
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { AppModule, openFor } from './app.module.js';
import { ErrorsFilter } from './nest/errors.filter.js';
import { FreshInterceptor } from './nest/fresh.interceptor.js';
import { prepare } from './nest/open-house.js';
import { ValidPipe } from './nest/valid.pipe.js';
import { STORES, type StorePlan, type Stores } from './store/stores.js';

const BODY_BYTES_MAX = 1_048_576;

/** The application, prepared but not listening. */
export async function createApp(plan: StorePlan): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.over(await openFor(plan)),
    new FastifyAdapter({ bodyLimit: BODY_BYTES_MAX }),
    { logger: ['error', 'warn'], abortOnError: false },
  );
  app.useGlobalPipes(new ValidPipe());
  app.useGlobalFilters(new ErrorsFilter());
  app.useGlobalInterceptors(new FreshInterceptor(app.get<Stores>(STORES)));
  app.enableShutdownHooks();
  describe(app);
  await app.init();
  await prepare(app);
  return app;
}

/** Listens; throws with a sentence to act on when the port is taken. */
export async function listen(app: NestFastifyApplication, port: number, host: string): Promise<string> {
  try {
    await app.listen(port, host);
    return await app.getUrl();
  } catch (error) {
    await app.close();
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is in use. Choose another one with --port, or stop the program that has it.`);
  }
}

function describe(app: INestApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Relief Ledger')
    .setDescription(
      'Where every donated piece went. Each POST is one command; Idempotency-Key makes it safe to repeat.',
    )
    .setVersion('1')
    .build();
  SwaggerModule.setup('api', app, () => SwaggerModule.createDocument(app, config));
}
