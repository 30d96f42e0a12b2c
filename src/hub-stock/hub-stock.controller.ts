// hub stock: the routes.
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CatalogueView } from '../catalogue/catalogue.view.js';
import { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { FreshQuery } from '../nest/as-of.queries.js';
import { openapi } from '../nest/openapi.js';
import { References } from '../nest/references.js';
import { Reporter } from '../nest/reporter.js';
import { HubStockQuery } from './hub-stock.queries.js';
import { hubStockReport } from './hub-stock.report.js';

@Controller()
export class HubStockController {
  constructor(
    private readonly ledger: GoodsLedgerView,
    private readonly catalogue: CatalogueView,
    private readonly references: References,
    private readonly reporter: Reporter,
  ) {}

  /** All hubs. */
  @Get('hubs')
  @openapi.ApiTags('hubs')
  list(@Query() _query: FreshQuery) {
    return this.catalogue.all('place').filter(({ kind }) => kind === 'hub');
  }

  /** What lies at a hub now, by item, donation, lot and earmark; the report says more. */
  @Get('hubs/:hub/stock')
  @openapi.ApiTags('hubs')
  async stock(@Param('hub') hub: string, @Query() _query: FreshQuery) {
    const { place } = await this.references.place(hub.toUpperCase());
    return this.ledger
      .holdings('atHub', place)
      .map(({ account, ...line }) => ({ ...line, earmark: account.destination }));
  }

  /** What lies at a hub on any date: what of it may leave, what is held and why, for how long it has been there. */
  @Get('reports/hub-stock')
  @openapi.ApiTags('reports')
  report(@Query() query: HubStockQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(hubStockReport, query, reply);
  }
}
