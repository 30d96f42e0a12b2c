// tracking: what can be asked.
import { Type } from 'class-transformer';
import { IsMoment, IsReference, rule } from '../kernel/rules.js';
import { IsOptional, IsString, Matches, MaxLength } from '../kernel/validation.js';
import { ReportQuery } from '../nest/report.answers.js';

/** As it is printed on the goods. */
function IsPrinted(what: string, length: number): PropertyDecorator {
  const fits = (value: unknown) => typeof value === 'string' && value.length > 0 && value.length <= length;
  return rule('isPrinted', fits, `must be a ${what} as it is printed on the goods, at most ${length} characters`);
}

function IsDays(): PropertyDecorator {
  const fits = (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= DAYS_MAX;
  return rule('isDays', fits, `must be a whole number of days, 0 to ${DAYS_MAX}`);
}

/** A hundred years. */
const DAYS_MAX = 36_500;

export class DonationTraceQuery extends ReportQuery {
  /** The number of the donation. */
  @IsReference()
  donation!: string;
}

export class LotTraceQuery extends ReportQuery {
  /** What the lot is a lot of. */
  @IsReference()
  item!: string;

  /** The lot as it is printed on the goods. */
  @IsPrinted('lot', 40)
  lot!: string;
}

export class SerialTraceQuery extends ReportQuery {
  /** What kind of piece it is. */
  @IsReference()
  item!: string;

  /** The serial number as it is printed on the piece. */
  @IsPrinted('serial number', 60)
  serial!: string;
}

export class FlightsQuery extends ReportQuery {
  /** Only what left on or after this date. */
  @IsOptional()
  @IsMoment()
  since?: string;

  /** Only this flight number or vehicle plate. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  vehicle?: string;
}

export class ExpiringQuery extends ReportQuery {
  /** Days from the day of the question; lots that expired before it are always shown. */
  @IsOptional()
  @Type(() => Number)
  @IsDays()
  within: number = 90;

  /** The day of the question, an ISO date; left out, the day of `until`, or else today. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a date such as 2020-03-31' })
  @IsMoment()
  on?: string;

  /** Only this item. */
  @IsOptional()
  @IsReference()
  item?: string;
}
