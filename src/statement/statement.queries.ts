// statement: what can be asked of it.
import { IsMoment, IsReference } from '../kernel/rules.js';
import { IsOptional, IsString, MaxLength, ValidateIf } from '../kernel/validation.js';
import { ReportQuery } from '../nest/report.answers.js';

export class StatementQuery extends ReportQuery {
  /** The country (IT) or destination (Africa, BE+FR+SI, undecided). */
  @IsString()
  @MaxLength(200)
  country!: string;

  /** First day of the period, or its first instant. */
  @IsMoment()
  from!: string;

  /** Last day of the period, or its last instant; `until` says the same. */
  @ValidateIf(({ until }: StatementQuery) => until === undefined)
  @IsMoment()
  to?: string;

  /** Only this item. */
  @IsOptional()
  @IsReference()
  item?: string;
}
