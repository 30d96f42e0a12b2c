// explain: what can be asked of it.
import { Type } from 'class-transformer';
import { isMoment } from '../kernel/moments.js';
import { IsReference, rule } from '../kernel/rules.js';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from '../kernel/validation.js';
import { ReportQuery } from '../nest/report.answers.js';

export class ExplainQuery extends ReportQuery {
  /** The first report, as `UNTIL,KNOWNAT`: two dates or instants; an empty one is no limit. */
  @IsPairOfDates()
  from!: string;

  /** The second report, as `UNTIL,KNOWNAT`. */
  @IsPairOfDates()
  to!: string;

  /** Only this country (IT) or destination (Africa, BE+FR+SI, undecided). */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  country?: string;

  /** Only this item. */
  @IsOptional()
  @IsReference()
  item?: string;

  /** How many entries are listed; all others are summed, one line for each country, item and kind of total. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(100_000)
  limit: number = 1_000;
}

/** `UNTIL,KNOWNAT` as the two dates of a report; an empty one is left out. */
export function pairOfDates(text: string): { until?: string; knownAt?: string } {
  const [until, knownAt] = text.split(',').map((date) => date.trim());
  return { ...(until && { until }), ...(knownAt && { knownAt }) };
}

function IsPairOfDates(): PropertyDecorator {
  return rule(
    'isPairOfDates',
    (value) =>
      typeof value === 'string' && /^[^,]*(,[^,]*)?$/.test(value) && Object.values(pairOfDates(value)).every(isMoment),
    'must be UNTIL,KNOWNAT: two dates (2020-03-31) or instants (2020-03-31T21:30+02:00), either may be left empty',
  );
}
