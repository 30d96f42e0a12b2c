// health: how this node is doing, for whoever keeps it running.
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness } from '../kernel/readiness.js';
import { AnswersWithoutViews } from '../nest/fresh.guard.js';
import { openapi } from '../nest/openapi.js';
import { AnswersAlways } from '../nest/ready.guard.js';
import { STORES, type Stores } from '../store/stores.js';
import { Checks } from './checks.js';
import { HealthAnswer, LiveAnswer, NotReadyAnswer, ReadyAnswer } from './health.answers.js';
import { Metrics } from './metrics.js';

@openapi.ApiTags('health')
@AnswersWithoutViews()
@AnswersAlways()
@Controller()
export class HealthController {
  constructor(
    @Inject(STORES) private readonly stores: Stores,
    private readonly checks: Checks,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  /** 200 while the views follow the log, 503 with the entry that stopped them. */
  @Get('health')
  @openapi.ApiServiceUnavailableResponse({ type: NotReadyAnswer })
  health(@Res({ passthrough: true }) reply: FastifyReply): HealthAnswer | NotReadyAnswer {
    const stopped = this.checks.stopped();
    if (stopped) return this.notReady(reply, [stopped]);
    const { projector, log } = this.stores;
    const { state, work } = this.readiness;
    return { status: 'ok', log: log.identity(), ...projector.checkpoint, state, ...(work && { work }) };
  }

  /** 200 as long as the process answers: restart it when it does not. */
  @Get('health/live')
  live(): LiveAnswer {
    return { status: 'live' };
  }

  /** 200 when this node should be asked; 503 with every reason why not. */
  @Get('health/ready')
  @openapi.ApiServiceUnavailableResponse({ type: NotReadyAnswer })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyAnswer | NotReadyAnswer> {
    const reasons = await this.checks.reasons();
    return reasons.length > 0 ? this.notReady(reply, reasons) : { status: 'ready' };
  }

  /** Figures for Prometheus, in its text format. */
  @Get('metrics')
  @openapi.ApiProduces('text/plain')
  async figures(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.metrics.contentType);
    return this.metrics.text();
  }

  // Answered, not thrown: a probe asks every few seconds, and a thrown error is a line in the server log each time.
  private notReady(reply: FastifyReply, reasons: string[]): NotReadyAnswer {
    void reply.status(503).header('retry-after', '1');
    const { work } = this.readiness;
    const message = reasons.join(' ');
    return { status: 503, code: 'UNAVAILABLE', message, reasons, ...(work && { work }) };
  }
}
