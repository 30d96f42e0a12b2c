// nest: a query with `after` waits until the views include that position.
import {
  Inject,
  Injectable,
  ServiceUnavailableException,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { STORES, type Stores } from '../store/stores.js';

const PATIENCE_MS = 5_000;

@Injectable()
export class FreshInterceptor implements NestInterceptor {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { method, query } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: { after?: string } }>>();
    const after = Number(query.after);
    const { failedWith } = this.stores.projector;
    if (failedWith && query.after !== undefined)
      throw new ServiceUnavailableException(`The reports stopped: ${failedWith.message}`);
    if (method === 'GET' && Number.isSafeInteger(after) && !(await this.stores.projector.waitFor(after, PATIENCE_MS))) {
      throw new ServiceUnavailableException(`The reports do not include position ${after} yet. Ask again in a moment.`);
    }
    return next.handle();
  }
}
