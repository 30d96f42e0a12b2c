// country report: the route.
import { Controller, Get, Header, Inject, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CatalogueView } from '../catalogue/catalogue.view.js';
import { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { STORES, type Stores } from '../store/stores.js';
import { askCountries, namesIn } from './ask-countries.js';
import { rendered } from '../nest/report.answers.js';
import { countryLayout } from './country-report.answers.js';
import { CountryReportQuery } from './country-report.queries.js';

@ApiTags('reports')
@Controller('reports')
export class CountryReportController {
  constructor(
    @Inject(STORES) private readonly stores: Stores,
    private readonly ledger: GoodsLedgerView,
    private readonly catalogue: CatalogueView,
  ) {}

  /** How many did each country get: totals per country and item, up to one date, as known on another. */
  @Get('countries')
  @Header('cache-control', 'no-store')
  countries(@Query() query: CountryReportQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    const report = askCountries(query, this.ledger, this.catalogue, this.stores.projector.checkpoint);
    const { type, body } = rendered(report, countryLayout(namesIn(this.catalogue)), query.format ?? 'json');
    void reply.type(type);
    return body;
  }
}
