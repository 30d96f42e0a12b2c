// nest: one table from what went wrong to what the caller reads.
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Invalid, NotReady, Overloaded, ReliefError } from '../kernel/errors.js';
import { DamagedLog } from '../store/damaged-log.js';
import { routeOf, type ServerLog } from './server-log.js';

/** Body of every answer that is not 2xx. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly problems?: readonly object[];
  readonly figures?: object;
}

@Catch()
export class ErrorsFilter implements ExceptionFilter {
  constructor(private readonly log: ServerLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const refusal = refusalOf(error);
    if (refusal.status >= 500 && !isAskedToWait(error))
      this.write(error, refusal.status, http.getRequest<FastifyRequest>());
    const reply = http.getResponse<FastifyReply>();
    if (refusal.status === 503) void reply.header('retry-after', '1');
    void reply.status(refusal.status).send(refusal);
  }

  /** A fault of the program is an error; a moment in which it cannot answer is a warning. */
  private write(thrown: unknown, status: number, request: FastifyRequest): void {
    const err = thrown instanceof Error ? thrown : new Error(String(thrown));
    const line = { err, method: request.method, route: routeOf(request), status, correlationId: request.id };
    this.log[status === 503 ? 'warn' : 'error'](line, 'request failed');
  }
}

/** Told to come again: the line about the request says so, and there may be thousands of them. */
function isAskedToWait(error: unknown): boolean {
  return error instanceof NotReady || error instanceof Overloaded;
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Invalid)
    return { status: 400, code: error.code, message: error.message, problems: error.problems };
  if (error instanceof ReliefError) {
    const { status, code, message, figures } = error;
    return { status, code, message, ...(Object.keys(figures).length > 0 && { figures }) };
  }
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return {
      status,
      code: status === 404 ? 'UNKNOWN' : status < 500 ? 'INVALID' : 'UNAVAILABLE',
      message: error.message,
    };
  }
  if (error instanceof DamagedLog) return { status: 500, code: 'DAMAGED', message: error.message };
  const status = (error as { statusCode?: number }).statusCode;
  if (status && status < 500) return { status, code: 'INVALID', message: (error as Error).message };
  return {
    status: 500,
    code: 'INTERNAL',
    message: 'Something went wrong here. Nothing was half-recorded; try again with the same Idempotency-Key.',
  };
}
