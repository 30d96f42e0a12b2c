// nest: a query with `after` waits until the views include that position.
import {
  Inject,
  Injectable,
  ServiceUnavailableException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { STORES, type Stores } from '../store/stores.js';

const PATIENCE_MS = 5_000;

/** A guard and no interceptor: those make every request, commands too, an observable of promises. */
@Injectable()
export class FreshGuard implements CanActivate {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { method, query } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: { after?: string } }>>();
    if (query.after === undefined) return true;
    const { failedWith } = this.stores.projector;
    if (failedWith) throw new ServiceUnavailableException(`The reports stopped: ${failedWith.message}`);
    const after = Number(query.after);
    return method === 'GET' && Number.isSafeInteger(after) ? this.includes(after) : true;
  }

  private async includes(position: number): Promise<boolean> {
    if (await this.stores.projector.waitFor(position, PATIENCE_MS)) return true;
    throw new ServiceUnavailableException(
      `The reports do not include position ${position} yet. Ask again in a moment.`,
    );
  }
}
