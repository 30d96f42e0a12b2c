// country report: what can be asked of it.
import { IsReference } from '../kernel/rules.js';
import { IsOptional, IsString, MaxLength } from '../kernel/validation.js';
import { ReportQuery } from '../nest/report.answers.js';

export class CountryReportQuery extends ReportQuery {
  /** Only this country (IT) or destination (Africa, BE+FR+SI, undecided). */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  country?: string;

  /** Only this item. */
  @IsOptional()
  @IsReference()
  item?: string;
}
