// tracking: days as people count them; pure.
import { DateTime } from 'luxon';

/** The ISO date of an instant, UTC when no time zone is named. */
export function dayOf(milliseconds: number, timeZone = 'UTC'): string {
  return DateTime.fromMillis(milliseconds, { zone: timeZone }).toISODate()!;
}

/** The first instant of a date, or the instant that a date and time with offset is. */
export function beginOf(text: string, timeZone = 'UTC'): number {
  return DateTime.fromISO(text, { zone: timeZone }).toMillis();
}

/** Days from one ISO date to another; less than 0 for one that is past. */
export function daysBetween(from: string, to: string): number {
  return utc(to).diff(utc(from), 'days').days;
}

/** The same day of the month some months later, or the last one of a shorter month. */
export function monthsAfter(date: string, months: number): string {
  return utc(date).plus({ months }).toISODate()!;
}

function utc(date: string): DateTime {
  return DateTime.fromISO(date, { zone: 'UTC' });
}
