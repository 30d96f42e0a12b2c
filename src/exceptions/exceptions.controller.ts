// exceptions: the routes.
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { openapi } from '../nest/openapi.js';
import { Reporter } from '../nest/reporter.js';
import { discrepanciesReport } from './discrepancies.report.js';
import { DiscrepanciesQuery, ExceptionsQuery } from './exceptions.queries.js';
import { exceptionsReport } from './exceptions.report.js';

@openapi.ApiTags('reports')
@Controller('reports')
export class ExceptionsController {
  constructor(private readonly reporter: Reporter) {}

  /** What must somebody look at, with age and owner, up to one date, as known on another. */
  @Get('exceptions')
  exceptions(@Query() query: ExceptionsQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(exceptionsReport, query, reply);
  }

  /** What is missing or too many, since when, and what has explained parts of it. */
  @Get('discrepancies')
  discrepancies(@Query() query: DiscrepanciesQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(discrepanciesReport, query, reply);
  }
}
