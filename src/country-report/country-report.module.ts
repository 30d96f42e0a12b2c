// country report: a read room.
import { Module } from '@nestjs/common';
import { CountryReportController } from './country-report.controller.js';

@Module({ controllers: [CountryReportController] })
export class CountryReportModule {}
