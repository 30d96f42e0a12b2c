// nest: what became of a command, in one word.
import { Conflict, ReliefError } from '../kernel/errors.js';
import { isUnavailable } from '../kernel/observed.js';
import type { Answer } from '../kernel/transact.js';

export type CommandResult = 'recorded' | 'repeated' | 'refused' | 'conflict' | 'unavailable' | 'failed';

/** Hears of every command that reached the clerk, by the name of its class. */
export type CommandObserver = (command: string, result: CommandResult) => void;

export function outcomeOf({ repeated }: Answer): CommandResult {
  return repeated ? 'repeated' : 'recorded';
}

export function outcomeOfError(error: unknown): CommandResult {
  if (error instanceof Conflict) return 'conflict';
  if (isUnavailable(error)) return 'unavailable';
  return error instanceof ReliefError ? 'refused' : 'failed';
}
