// kernel: what a fact keeps of the words of its command.
import type { Command } from './command.js';

/** What a fact keeps of these words. */
export interface Documented {
  readonly note?: string;
  readonly source?: string;
}

/** The documents of a command, without empty fields. */
export function documented({ note, source }: Command): Documented {
  return { ...(note && { note }), ...(source && { source }) };
}
