// audit: the log itself.
import { Controller, Get, Inject, Query, Redirect } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { STORES, type Stores } from '../store/stores.js';
import { EventsQuery } from './events.queries.js';

@ApiTags('audit')
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
    const events = await this.stores.log.readAll(from, limit);
    return { events, next: events.length === limit ? events.at(-1)!.position : null };
  }
}
