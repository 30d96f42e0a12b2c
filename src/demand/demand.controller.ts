// demand: the route.
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { openapi } from '../nest/openapi.js';
import { Reporter } from '../nest/reporter.js';
import { DemandQuery } from './demand.queries.js';
import { demandReport } from './demand.report.js';

@openapi.ApiTags('reports')
@Controller('reports')
export class DemandController {
  constructor(private readonly reporter: Reporter) {}

  /** What countries asked for, what they got, what is coming and what is missing. */
  @Get('demand')
  demand(@Query() query: DemandQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(demandReport, query, reply);
  }
}
