// duty relief: what can be asked of it.
import { IsCountry } from '../kernel/rules.js';
import { IsOptional } from '../kernel/validation.js';
import { ReportQuery } from '../nest/report.answers.js';

export class DutyReliefQuery extends ReportQuery {
  /** Only goods that were cleared in this country. */
  @IsOptional()
  @IsCountry()
  country?: string;
}
