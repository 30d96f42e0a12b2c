// hub stock: the routes.
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CatalogueView } from '../catalogue/catalogue.view.js';
import { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { FreshQuery } from '../nest/as-of.queries.js';
import { References } from '../nest/references.js';

@ApiTags('hubs')
@Controller('hubs')
export class HubStockController {
  constructor(
    private readonly ledger: GoodsLedgerView,
    private readonly catalogue: CatalogueView,
    private readonly references: References,
  ) {}

  /** All hubs. */
  @Get()
  list(@Query() _query: FreshQuery) {
    return this.catalogue.all('place').filter(({ kind }) => kind === 'hub');
  }

  /** What lies at a hub now, by item, donation, lot and earmark. */
  @Get(':hub/stock')
  async stock(@Param('hub') hub: string, @Query() _query: FreshQuery) {
    const { place } = await this.references.place(hub.toUpperCase());
    return this.ledger
      .holdings('atHub', place)
      .map(({ account, ...line }) => ({ ...line, earmark: account.destination }));
  }
}
