// Every report of this house: one line makes it a route's and the command line's.
import { countriesReport } from './country-report/countries.report.js';
import type { ReportDefinition } from './nest/report.definition.js';

export const REPORTS: readonly ReportDefinition[] = [countriesReport];
