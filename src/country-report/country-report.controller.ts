// country report: the route.
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { openapi } from '../nest/openapi.js';
import { Reporter } from '../nest/reporter.js';
import { CountryReportQuery } from './country-report.queries.js';
import { countriesReport } from './countries.report.js';

@openapi.ApiTags('reports')
@Controller('reports')
export class CountryReportController {
  constructor(private readonly reporter: Reporter) {}

  /** How many did each country get: totals per country and item, up to one date, as known on another. */
  @Get('countries')
  countries(@Query() query: CountryReportQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(countriesReport, query, reply);
  }
}
