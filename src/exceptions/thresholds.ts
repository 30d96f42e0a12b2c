// exceptions: how long is too long, and why.
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Hours a leg may take on a route that nobody registered: the first masks reached Liege in less than 72 hours. */
export const LEG_HOURS = 72;

/** A consignment moves or is scanned within a few days; after a week of silence somebody must call. */
export const SILENCE_MS = 7 * DAY_MS;

/** A signed paper comes back with the next courier; after a week nobody remembers who took the goods. */
export const PROOF_MS = 7 * DAY_MS;

/** An office without a line still reports within a week; what comes later changes totals that people have acted on. */
export const LATE_REPORT_MS = 7 * DAY_MS;

export const hours = (amount: number) => amount * HOUR_MS;

/** Hours in tenths, rounded up: what is a minute late must not read as if it were in time. */
export function inHours(milliseconds: number): number {
  return Math.ceil((milliseconds / HOUR_MS) * 10) / 10;
}

export function inDays(milliseconds: number): number {
  return Math.floor(milliseconds / DAY_MS);
}
