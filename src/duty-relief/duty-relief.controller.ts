// duty relief: the route.
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { openapi } from '../nest/openapi.js';
import { Reporter } from '../nest/reporter.js';
import { DutyReliefQuery } from './duty-relief.queries.js';
import { dutyReliefReport } from './duty-relief.report.js';

@openapi.ApiTags('reports')
@Controller('reports')
export class DutyReliefController {
  constructor(private readonly reporter: Reporter) {}

  /** Goods cleared at customs, with the papers that Decision (EU) 2020/491 asks member states to report. */
  @Get('duty-relief')
  dutyRelief(@Query() query: DutyReliefQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(dutyReliefReport, query, reply);
  }
}
