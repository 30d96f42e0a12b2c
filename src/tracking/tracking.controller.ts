// tracking: the routes.
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { openapi } from '../nest/openapi.js';
import { Reporter } from '../nest/reporter.js';
import { donationReport } from './donation.report.js';
import { expiringReport } from './expiring.report.js';
import { flightsReport } from './flights.report.js';
import { lotReport } from './lot.report.js';
import { serialReport } from './serial.report.js';
import {
  DonationTraceQuery,
  ExpiringQuery,
  FlightsQuery,
  LotTraceQuery,
  SerialTraceQuery,
} from './tracking.queries.js';

@openapi.ApiTags('reports')
@Controller('reports')
export class TrackingController {
  constructor(private readonly reporter: Reporter) {}

  /** Where is my donation: every piece, with its papers. */
  @Get('donation')
  donation(@Query() query: DonationTraceQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(donationReport, query, reply);
  }

  /** Where is a production lot now: hubs, consignments, countries, recipients. */
  @Get('lot')
  lot(@Query() query: LotTraceQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(lotReport, query, reply);
  }

  /** Where was a single piece seen last: the entries that name its serial number, the latest first. */
  @Get('serial')
  serial(@Query() query: SerialTraceQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(serialReport, query, reply);
  }

  /** Flights and vehicles, and what each carried. */
  @Get('flights')
  flights(@Query() query: FlightsQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(flightsReport, query, reply);
  }

  /** Lots that expire soon, where they are and how many. */
  @Get('expiring')
  expiring(@Query() query: ExpiringQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.reporter.answer(expiringReport, query, reply);
  }
}
