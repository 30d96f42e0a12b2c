// audit: how the log is read.
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from '../kernel/validation.js';

export class EventsQuery {
  /** Entries behind this position; 0 from the start. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  from: number = 0;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 100;
}
