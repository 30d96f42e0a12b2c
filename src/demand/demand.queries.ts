// demand: what can be asked of it.
import { IsCountry, IsReference } from '../kernel/rules.js';
import { IsOptional } from '../kernel/validation.js';
import { ReportQuery } from '../nest/report.answers.js';

export class DemandQuery extends ReportQuery {
  /** Only what this country asked for. */
  @IsOptional()
  @IsCountry()
  country?: string;

  /** Only this item. */
  @IsOptional()
  @IsReference()
  item?: string;
}
