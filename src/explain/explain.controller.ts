// explain: the route.
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { openapi } from '../nest/openapi.js';
import { Reporter } from '../nest/reporter.js';
import { ExplainQuery } from './explain.queries.js';
import { explainReport } from './explain.report.js';

@openapi.ApiTags('reports')
@Controller()
export class ExplainController {
  constructor(private readonly reporter: Reporter) {}

  /** Why do two country reports differ: the entries that make the difference, summing to it. */
  @Get(['explain', 'reports/explain'])
  explain(@Query() query: ExplainQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(explainReport, query, reply);
  }
}
