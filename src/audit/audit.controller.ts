// audit: the log itself.
import { Controller, Get, Header, Inject, Query, Redirect } from '@nestjs/common';
import { loopTurn } from '../kernel/loop-turn.js';
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
  @Header('content-type', 'application/json; charset=utf-8')
  async events(@Query() { from, limit }: EventsQuery): Promise<string> {
    const texts: string[] = [];
    let next: number | null = from;
    // In slices, between which others get their turn: to put a thousand entries into words takes as long as to read them.
    while (texts.length < limit && next !== null) {
      const slice = await this.stores.log.readAll(next, Math.min(SLICE, limit - texts.length));
      for (const entry of slice) texts.push(JSON.stringify(entry));
      next = slice.at(-1)?.position ?? null;
      await loopTurn();
    }
    return `{"events":[${texts.join()}],"next":${next}}`;
  }
}
