// nest: while the reports are not fit to be asked, everybody is told so, and how far the work is.
import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { NotReady } from '../kernel/errors.js';
import { inWords, type Readiness } from '../kernel/readiness.js';

const ALWAYS = 'answers also before the house is ready';

/** On controllers that have something to say before the house is ready. */
export const AnswersAlways = () => SetMetadata(ALWAYS, true);

@Injectable()
export class ReadyGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly readiness: Readiness) {}

  canActivate(context: ExecutionContext): boolean {
    const { state, work } = this.readiness;
    if (state === 'ready' || this.reflector.get<boolean>(ALWAYS, context.getClass())) return true;
    throw new NotReady(`The house is not ready: ${inWords(work!)}. Ask again in a moment; /health/ready says when.`);
  }
}
