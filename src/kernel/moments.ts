// kernel: points in time as people write them.
import { DateTime } from 'luxon';
import { Invalid } from './errors.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
/** Moments on days that every month has: no calendar is needed to see that they exist. */
const ANY_MONTH =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d))?$/;
const FUTURE_ALLOWED_MS = 5 * 60_000;

/** True for an ISO 8601 date, or a date and time with offset, that exists in the calendar. */
export function isMoment(text: unknown): text is string {
  if (typeof text !== 'string') return false;
  return ANY_MONTH.test(text) || ((DATE.test(text) || DATE_TIME.test(text)) && DateTime.fromISO(text).isValid);
}

/** The moment with its offset; a date alone is its first instant in UTC. */
export function moment(text: string): string {
  return DATE.test(text) ? `${text}T00:00:00Z` : text;
}

/** The texts that were read last, the next one in the place of the oldest: whoever hears of an entry asks for the same few. */
const readLast = Array.from({ length: 4 }, () => ({ text: '', at: NaN }));
let oldest = 0;

/** Milliseconds since 1970 of a moment in any offset. */
export function instant(text: string): number {
  for (const one of readLast) if (one.text === text) return one.at;
  const at = Date.parse(text);
  readLast[oldest] = { text, at };
  oldest = (oldest + 1) % readLast.length;
  return at;
}

/** The last millisecond that a limit includes: a date alone is the whole day in `timeZone` (IANA name). */
export function upTo(field: string, text: string, timeZone = 'UTC'): number {
  const zone = DateTime.fromISO(text, { zone: timeZone });
  if (!isMoment(text)) {
    throw new Invalid([
      { field, rule: 'must be a date (2020-03-31) or a date and time with offset (2020-03-31T12:00Z)', value: text },
    ]);
  }
  if (!zone.isValid)
    throw new Invalid([{ field: 'timeZone', rule: 'must be a time zone such as Europe/Brussels', value: timeZone }]);
  return DATE.test(text) ? zone.endOf('day').toMillis() : instant(text);
}

/** Throws `Invalid` for what cannot have happened or been known by now. */
export function refuseFuture(times: { happenedAt: string; reportedAt?: string | undefined }, now: Date): void {
  const clock = () => now.toISOString();
  if (instant(times.happenedAt) > now.getTime() + FUTURE_ALLOWED_MS) {
    throw new Invalid([
      { field: 'happenedAt', rule: `must not lie in the future (now is ${clock()})`, value: times.happenedAt },
    ]);
  }
  if (times.reportedAt !== undefined && instant(times.reportedAt) > now.getTime()) {
    throw new Invalid([
      {
        field: 'reportedAt',
        rule: `must not be later than the recording (now is ${clock()})`,
        value: times.reportedAt,
      },
    ]);
  }
}
