// exceptions: what can be asked.
import { Transform } from 'class-transformer';
import { IsPlace } from '../kernel/rules.js';
import { IsIn, IsOptional, IsString, MaxLength } from '../kernel/validation.js';
import { ReportQuery } from '../nest/report.answers.js';
import { EXCEPTION_KINDS, type ExceptionKind } from './exception.js';

export class DiscrepanciesQuery extends ReportQuery {
  /** Only goods for this country (IT) or destination (Africa, BE+FR+SI, undecided). */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  country?: string;

  /** Only what plays at this hub, or on the way from or to it. */
  @IsOptional()
  @IsPlace()
  hub?: string;
}

export class ExceptionsQuery extends DiscrepanciesQuery {
  /** Only this kind, such as LATE_LEG. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @IsIn(Object.keys(EXCEPTION_KINDS))
  kind?: ExceptionKind;

  /** `open` leaves out what is over and only explains, `past` shows nothing else. */
  @IsOptional()
  @IsIn(['open', 'past'])
  state?: 'open' | 'past';
}
