// nest: one table from what went wrong to what the caller reads.
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Invalid, ReliefError } from '../kernel/errors.js';

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
  private readonly logger = new Logger('Request');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const refusal = refusalOf(error);
    if (refusal.status >= 500)
      this.logger.error(error, `${http.getRequest<FastifyRequest>().method} ${http.getRequest<FastifyRequest>().url}`);
    const reply = http.getResponse<FastifyReply>();
    if (refusal.status === 503) void reply.header('retry-after', '1');
    void reply.status(refusal.status).send(refusal);
  }
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
  const status = (error as { statusCode?: number }).statusCode;
  if (status && status < 500) return { status, code: 'INVALID', message: (error as Error).message };
  return {
    status: 500,
    code: 'INTERNAL',
    message: 'Something went wrong here. Nothing was half-recorded; try again with the same Idempotency-Key.',
  };
}
