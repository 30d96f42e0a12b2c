// statement: the route.
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { openapi } from '../nest/openapi.js';
import { Reporter } from '../nest/reporter.js';
import { StatementQuery } from './statement.queries.js';
import { statementReport } from './statement.report.js';

@openapi.ApiTags('reports')
@Controller('reports')
export class StatementController {
  constructor(private readonly reporter: Reporter) {}

  /** What came and went for a country in a period: opening balance, each movement with its documents, closing balance. */
  @Get('statement')
  statement(@Query() query: StatementQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(statementReport, query, reply);
  }
}
