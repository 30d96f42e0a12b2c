// Every report of this house: one line makes it a route's and the command line's.
import { countriesReport } from './country-report/countries.report.js';
import { demandReport } from './demand/demand.report.js';
import { dutyReliefReport } from './duty-relief/duty-relief.report.js';
import { discrepanciesReport } from './exceptions/discrepancies.report.js';
import { exceptionsReport } from './exceptions/exceptions.report.js';
import { explainReport } from './explain/explain.report.js';
import { hubStockReport } from './hub-stock/hub-stock.report.js';
import type { ReportDefinition } from './nest/report.definition.js';
import { statementReport } from './statement/statement.report.js';
import { donationReport } from './tracking/donation.report.js';
import { expiringReport } from './tracking/expiring.report.js';
import { flightsReport } from './tracking/flights.report.js';
import { lotReport } from './tracking/lot.report.js';
import { serialReport } from './tracking/serial.report.js';

export const REPORTS: readonly ReportDefinition[] = [
  countriesReport,
  statementReport,
  explainReport,
  donationReport,
  lotReport,
  serialReport,
  flightsReport,
  expiringReport,
  exceptionsReport,
  discrepanciesReport,
  hubStockReport,
  demandReport,
  dutyReliefReport,
];
