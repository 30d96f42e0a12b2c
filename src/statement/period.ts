// statement: the period it is about; pure.
import { DateTime } from 'luxon';
import { Invalid } from '../kernel/errors.js';
import { instant, upTo } from '../kernel/moments.js';

/** First and last instant, both inclusive, in milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

interface Asked {
  readonly from: string;
  readonly to?: string | undefined;
  /** Another word for `to`. */
  readonly until?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** Throws `Invalid` for a period that ends twice or before it begins. */
export function periodOf({ from, to, until, timeZone }: Asked): Period {
  if (to !== undefined && until !== undefined) {
    throw new Invalid([{ field: 'until', rule: 'says the same as to: give one of them', value: until }]);
  }
  const end = to ?? until ?? '';
  const period = { from: firstOf(from, timeZone), to: upTo('to', end, timeZone) };
  if (period.from > period.to) throw new Invalid([{ field: 'to', rule: 'must not lie before from', value: end }]);
  return period;
}

/** A date alone begins with its first instant in the time zone. */
function firstOf(text: string, timeZone = 'UTC'): number {
  return text.includes('T') ? instant(text) : DateTime.fromISO(text, { zone: timeZone }).toMillis();
}
