// nest: what the server says about its own running, a JSON object a line; not the log of facts.
import type { FastifyRequest } from 'fastify';
import { Logger, PinoLogger } from 'nestjs-pino';
import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import type { LogLevel } from './log-level.js';

export type ServerLog = Pino;

const STANDARD_ERROR = 2;

/** Lines from this level up. They are written at once: a kill loses none of them. */
export function serverLog(level: LogLevel, to: DestinationStream = standardError()): ServerLog {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: inShort },
  };
  return pino(options, to);
}

/** What Nest says goes into the same lines. */
export function nestLogger(log: ServerLog): Logger {
  return new QuietStart(new OwnLog(log), {});
}

/** The pattern of a request's route, such as /donations/:donation; `none` when there is no such route. */
export function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'none';
}

// nestjs-pino keeps one log for the whole process; here every application has its own.
class OwnLog extends PinoLogger {
  constructor(private readonly own: ServerLog) {
    super({ pinoHttp: { logger: own } });
  }

  override get logger(): ServerLog {
    return this.own;
  }
}

/** Nest tells of every route it opens; that is worth knowing only to whoever looks for a fault. */
class QuietStart extends Logger {
  override log(message: unknown, ...more: unknown[]): void {
    this.debug(message, ...more);
  }
}

let shared: DestinationStream | undefined;

function standardError(): DestinationStream {
  return (shared ??= pino.destination({ dest: STANDARD_ERROR, sync: true }));
}

/** An error without the fields it carries, which may hold what somebody sent. */
function inShort(error: Error) {
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message, stack };
}
