// nest: whoever asks sees what was answered before; a query with `after` waits until the views include that position.
import {
  Inject,
  Injectable,
  ServiceUnavailableException,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { STORES, type Stores } from '../store/stores.js';

const PATIENCE_MS = 5_000;
/** Without `after` nothing is promised: views that take longer answer what they hold, and say up to where. */
const SETTLES_WITHIN_MS = 250;

const WITHOUT_VIEWS = 'answers without views';

/** On controllers whose answers come from elsewhere: nobody waits for the views there. */
export const AnswersWithoutViews = () => SetMetadata(WITHOUT_VIEWS, true);

/** A guard and no interceptor: those make every request, commands too, an observable of promises. */
@Injectable()
export class FreshGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(@Inject(STORES) private readonly stores: Stores) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { method, query } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: { after?: string } }>>();
    if (method !== 'GET' || this.reflector.get<boolean>(WITHOUT_VIEWS, context.getClass())) return true;
    if (query.after === undefined) return this.stores.projector.behindMs === 0 || this.settled();
    const { failedWith } = this.stores.projector;
    if (failedWith) throw new ServiceUnavailableException(`The reports stopped: ${failedWith.message}`);
    const after = Number(query.after);
    return Number.isSafeInteger(after) ? this.includes(after) : true;
  }

  private async settled(): Promise<true> {
    await this.stores.projector.settle(SETTLES_WITHIN_MS);
    return true;
  }

  private async includes(position: number): Promise<boolean> {
    if (await this.stores.projector.waitFor(position, PATIENCE_MS)) return true;
    throw new ServiceUnavailableException(
      `The reports do not include position ${position} yet. Ask again in a moment.`,
    );
  }
}
