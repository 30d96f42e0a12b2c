// Serves the house over HTTP, with its description at /api.
import { createServer } from 'node:net';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule, openFor } from './app.module.js';
import { acceptAttachments } from './attachments/accept-attachments.js';
import { lagMaxMs } from './health/checks.js';
import { Metrics } from './health/metrics.js';
import { watchRequests } from './health/requests.js';
import { Readiness } from './kernel/readiness.js';
import { describeAt } from './nest/api-page.js';
import { ErrorsFilter } from './nest/errors.filter.js';
import { FreshGuard } from './nest/fresh.guard.js';
import { correlationIdOf } from './nest/from-request.js';
import { inHandMax, refuseOverload } from './nest/overload.js';
import { prepare } from './nest/open-house.js';
import { ReadyGuard } from './nest/ready.guard.js';
import { logLevel, nestLogger, serverLog, type LogLevel, type ServerLog } from './nest/server-log.js';
import { ValidPipe } from './nest/valid.pipe.js';
import { STORES, type StorePlan, type Stores } from './store/stores.js';

const BODY_BYTES_MAX = 1_048_576;
const LET_GO_MS = 50;

/** Lines on standard error, from the level that RELIEF_LOG_LEVEL states, or else from this one. */
export function standardLog(otherwise: LogLevel): ServerLog {
  return serverLog(logLevel(process.env['RELIEF_LOG_LEVEL'], otherwise));
}

/** The application, ready but not listening. */
export async function createApp(plan: StorePlan, log = standardLog('warn')): Promise<NestFastifyApplication> {
  const app = await openApp(plan, log);
  await getReady(app);
  return app;
}

/** The application before it is ready: it may listen, and says how far it is. */
export async function openApp(plan: StorePlan, log: ServerLog): Promise<NestFastifyApplication> {
  const lagMax = lagMaxMs(process.env['RELIEF_LAG_MAX_MS']);
  const inHand = inHandMax(process.env['RELIEF_IN_HAND_MAX']);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.over(await openFor(plan), lagMax),
    new FastifyAdapter({
      bodyLimit: BODY_BYTES_MAX,
      genReqId: correlationIdOf,
      forceCloseConnections: 'idle',
      // Whoever asks on a connection that is still open is answered: the stores close last.
      return503OnClosing: false,
    }),
    { logger: nestLogger(log), abortOnError: false },
  );
  app.useGlobalGuards(new ReadyGuard(app.get(Readiness)), new FreshGuard(app.get<Stores>(STORES)));
  app.useGlobalPipes(new ValidPipe());
  app.useGlobalFilters(new ErrorsFilter(log));
  refuseOverload(app.getHttpAdapter().getInstance(), inHand);
  letGoWhenClosing(app.getHttpAdapter().getInstance());
  acceptAttachments(app.getHttpAdapter().getInstance());
  watchRequests(app.getHttpAdapter().getInstance(), app.get(Metrics), log);
  app.get(Metrics).watchProcess();
  app.enableShutdownHooks();
  describeAt(app.getHttpAdapter().getInstance(), app);
  app.get<Stores>(STORES).projector.onFailed((err) => log.error({ err }, 'reports stopped'));
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

/** A caller that was just answered keeps its connection; without this, closing waits until they tire of it. */
function letGoWhenClosing(fastify: FastifyInstance): void {
  fastify.addHook('preClose', (done) => {
    const { server } = fastify;
    const timer = setInterval(() => server.closeIdleConnections(), LET_GO_MS);
    server.once('close', () => clearInterval(timer));
    done();
  });
}

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
