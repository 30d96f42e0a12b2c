// nest: the two dates that every report takes.
import type { AsOf } from '../goods-ledger/as-of.js';
import { upTo } from '../kernel/moments.js';
import { IsMoment } from '../kernel/rules.js';
import { IsOptional, IsString, IsTimeZone, Matches } from '../kernel/validation.js';

export class FreshQuery {
  /**
   * Wait, for a bounded moment, until this position of the log is included. Without it, an answer waits for what this
   * node knows to be missing, but no longer than a quarter of a second.
   */
  @IsOptional()
  @IsString()
  @Matches(/^\d{1,15}$/, { message: 'must be a position that a command answered' })
  after?: string;
}

export class AsOfQuery extends FreshQuery {
  /** Happened up to: a date is that whole day; a date and time with offset is that instant; both inclusive. */
  @IsOptional()
  @IsMoment()
  until?: string;

  /** Known up to, by the date it was reported. */
  @IsOptional()
  @IsMoment()
  knownAt?: string;

  /** In which a date without time is a day; UTC when left out. */
  @IsOptional()
  @IsTimeZone({ message: 'must be a time zone such as Europe/Brussels' })
  timeZone?: string;
}

/** The limits of a query in milliseconds since 1970. Throws `Invalid`. */
export function limitsOf({ until, knownAt, timeZone }: AsOfQuery): AsOf {
  return {
    ...(until !== undefined && { until: upTo('until', until, timeZone) }),
    ...(knownAt !== undefined && { knownAt: upTo('knownAt', knownAt, timeZone) }),
  };
}

/** What a stranger needs to compute a report again: the limits, and the log up to a position with so many events. */
export class AsOfAnswer {
  /** Last instant that counts as happened; null when everything counts. */
  until!: string | null;
  /** Last instant that counts as known; null when everything counts. */
  knownAt!: string | null;
  position!: number;
  events!: number;
}

export function asOfAnswer(
  { until, knownAt }: AsOf,
  { position, events }: { position: number; events: number },
): AsOfAnswer {
  const text = (instant: number | undefined) => (instant === undefined ? null : new Date(instant).toISOString());
  return { until: text(until), knownAt: text(knownAt), position, events };
}
