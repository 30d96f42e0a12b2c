// audit: the books of this node, for whoever compares nodes.
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { FreshQuery } from '../nest/as-of.queries.js';
import { openapi } from '../nest/openapi.js';
import { STORES, type Stores } from '../store/stores.js';
import { Digest, digestOf } from './digest.js';

export class DigestAnswer extends Digest {
  /** The name of the log. */
  log!: string;
  /** The books as they stand behind this entry of the log. */
  position!: number;
  events!: number;
}

@openapi.ApiTags('audit')
@Controller('views/digest')
export class DigestController {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** SHA-256 of balances and totals, equal on every node that stands at the same position of the same log. */
  @Get()
  digest(@Query() _query: FreshQuery): DigestAnswer {
    const { log, views } = this.stores;
    return { log: log.identity(), ...views.checkpoint(), ...digestOf(views.db) };
  }
}
