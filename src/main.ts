// Serves the house over HTTP, with its description at /api.
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.js';
import { acceptAttachments } from './attachments/accept-attachments.js';
import { Metrics } from './health/metrics.js';
import { watchRequests } from './health/requests.js';
import { Readiness } from './kernel/readiness.js';
import { describeAt } from './nest/api-page.js';
import { ErrorsFilter } from './nest/errors.filter.js';
import { FreshGuard } from './nest/fresh.guard.js';
import { correlationIdOf } from './nest/from-request.js';
import { refuseOverload } from './nest/overload.js';
import { prepare } from './nest/open-house.js';
import { ReadyGuard } from './nest/ready.guard.js';
import { nestLogger, serverLog, type ServerLog } from './nest/server-log.js';
import { statedLevel, statedLimits, type Limits } from './nest/stated.js';
import { ValidPipe } from './nest/valid.pipe.js';
import { openFor } from './open-for.js';
import { STORES, type StorePlan, type Stores } from './store/stores.js';

const BODY_BYTES_MAX = 1_048_576;
const LET_GO_MS = 50;

/** The application, ready but not listening. */
export async function createApp(
  plan: StorePlan,
  log = serverLog(statedLevel('warn')),
): Promise<NestFastifyApplication> {
  const limits = statedLimits();
  const app = await openApp(await openFor(plan), log, limits);
  await getReady(app);
  return app;
}

/** The application before it is ready: it may listen, and says how far it is. It closes the stores, also when it fails. */
export async function openApp(stores: Stores, log: ServerLog, limits: Limits): Promise<NestFastifyApplication> {
  try {
    return await appOver(stores, log, limits);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function appOver(stores: Stores, log: ServerLog, limits: Limits): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.over(stores, limits.lagMaxMs),
    new FastifyAdapter({
      bodyLimit: BODY_BYTES_MAX,
      genReqId: correlationIdOf,
      forceCloseConnections: 'idle',
      // Whoever asks on a connection that is still open is answered: the stores close last.
      return503OnClosing: false,
      schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    }),
    { logger: nestLogger(log), abortOnError: false },
  );
  app.useGlobalGuards(new ReadyGuard(app.get(Readiness)), new FreshGuard(stores));
  app.useGlobalPipes(new ValidPipe());
  app.useGlobalFilters(new ErrorsFilter(log));
  refuseOverload(app.getHttpAdapter().getInstance(), limits.inHandMax);
  letGoWhenClosing(app.getHttpAdapter().getInstance());
  acceptAttachments(app.getHttpAdapter().getInstance());
  watchRequests(app.getHttpAdapter().getInstance(), app.get(Metrics), log);
  app.get(Metrics).watchProcess();
  app.enableShutdownHooks();
  describeAt(app.getHttpAdapter().getInstance(), app);
  stores.projector.onFailed((err) => log.error({ err }, 'reports stopped'));
  await app.init();
  return app;
}

/** Brings the reports up to date, building them anew when they cannot serve, and opens the doors. */
export async function getReady(app: INestApplicationContext): Promise<void> {
  const readiness = app.get(Readiness);
  const reason = app.get<Stores>(STORES).rebuilding?.reason;
  readiness.begin(reason ? `building the reports, because ${reason}` : 'bringing the reports up to date');
  await prepare(app, (position, of) => readiness.progress(position, of));
  readiness.ready();
}

/** Bodies are held against command classes; Fastify would load its compilers of JSON schemas for routes without any too. */
function noSchemas(): never {
  throw new Error('No route of this house states a JSON schema: a command class is its shape.');
}

/** A caller that was just answered keeps its connection; without this, closing waits until they tire of it. */
function letGoWhenClosing(fastify: FastifyInstance): void {
  fastify.addHook('preClose', (done) => {
    const { server } = fastify;
    const timer = setInterval(() => server.closeIdleConnections(), LET_GO_MS);
    server.once('close', () => clearInterval(timer));
    done();
  });
}
