// audit: the log itself.
import { Controller, Get, Inject, Query, Redirect } from '@nestjs/common';
import { loopTurn } from '../kernel/loop-turn.js';
import type { Recorded } from '../kernel/recorded.js';
import { AnswersWithoutViews } from '../nest/fresh.guard.js';
import { openapi } from '../nest/openapi.js';
import { STORES, type Stores } from '../store/stores.js';
import { EventsQuery } from './events.queries.js';

const SLICE = 100;

@AnswersWithoutViews()
@openapi.ApiTags('audit')
@Controller()
export class AuditController {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** Where to begin. */
  @Get()
  @Redirect('/api')
  begin(): void {}

  /** The entries of the log in order; go on with `next` as `from` until it is null. */
  @Get('events')
  async events(@Query() { from, limit }: EventsQuery) {
    const events: Recorded[] = [];
    // In slices, between which others get their turn.
    for (let after = from; events.length < limit; after = events.at(-1)!.position) {
      const slice = await this.stores.log.readAll(after, Math.min(SLICE, limit - events.length));
      if (slice.length === 0) break;
      events.push(...slice);
      await loopTurn();
    }
    return { events, next: events.length === limit ? events.at(-1)!.position : null };
  }
}
