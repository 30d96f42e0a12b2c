// What was answered to whom, and the check that each of it is in the log exactly once.
import type { Recorded } from '../../src/kernel/recorded.js';

/** What a command answered when it was recorded. */
export interface Answered {
  readonly commandId: string;
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  /** Ids of its entries. */
  readonly events: readonly string[];
}

/** Answered commands whose entries are not in the log as answered, and entries or commands that are there twice. */
export function brokenPromises(answered: readonly Answered[], log: readonly Recorded[]): string[] {
  const byId = new Map<string, Recorded>();
  const byCommand = new Map<string, Recorded[]>();
  const broken: string[] = [];
  for (const entry of log) {
    if (byId.has(entry.id)) broken.push(`${entry.id} is in the log twice`);
    byId.set(entry.id, entry);
    byCommand.set(entry.commandId, [...(byCommand.get(entry.commandId) ?? []), entry]);
  }
  for (const { commandId, stream, version, position, events } of answered) {
    const entries = byCommand.get(commandId) ?? [];
    const last = entries.at(-1);
    const said = JSON.stringify([stream, version, position, events]);
    const found = JSON.stringify([last?.stream, last?.version, last?.position, entries.map(({ id }) => id)]);
    if (said !== found) broken.push(`${commandId} was answered ${said}, the log has ${found}`);
  }
  return broken;
}
