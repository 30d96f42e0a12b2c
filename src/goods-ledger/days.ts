// goods ledger: days, and the slots of a day in which its postings are kept.

export const DAY_MS = 86_400_000;

/** Slots of an hour and a half: more make more rows to read, fewer leave more postings in the slot that a limit cuts. */
export const SLOTS_A_DAY = 16;
const SLOT_MS = DAY_MS / SLOTS_A_DAY;

/** The day of an instant, both since 1970. */
export function dayOf(instant: number): number {
  return Math.floor(instant / DAY_MS);
}

/** The slot of an instant, both since 1970. */
export function slotOf(instant: number): number {
  return Math.floor(instant / SLOT_MS);
}

/**
 * The slot whose sheets a posting is put on: that of when it happened; the first one of that day for what is late, for the
 * few that are would be rows of their own.
 */
export function sheetSlotOf(happened: number, happenedDay: number, reportedDay: number): number {
  return isPrompt(happenedDay, reportedDay) ? slotOf(happened) : happenedDay * SLOTS_A_DAY;
}

/** Reported on the day it happened or on the next one. */
export function isPrompt(happenedDay: number, reportedDay: number): boolean {
  return reportedDay === happenedDay || reportedDay === happenedDay + 1;
}
