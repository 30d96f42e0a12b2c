// country report: what can be asked of it.
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsReference } from '../kernel/rules.js';
import { AsOfQuery } from '../nest/as-of.queries.js';

export const REPORT_FORMATS = ['json', 'csv', 'table'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export class CountryReportQuery extends AsOfQuery {
  /** Only this country (IT) or destination (Africa, BE+FR+SI, undecided). */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  country?: string;

  /** Only this item. */
  @IsOptional()
  @IsReference()
  item?: string;

  @IsOptional()
  @IsIn(REPORT_FORMATS)
  format?: ReportFormat;
}
