// nest: how long lists are read.
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from '../kernel/validation.js';
import { FreshQuery } from './as-of.queries.js';

export class ListQuery extends FreshQuery {
  /** The reference behind which to go on; the last one of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  from: string = '';

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 100;
}
