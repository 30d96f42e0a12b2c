// nest: how a write room tells the house which command runs which rule.
import type { Type } from '@nestjs/common';
import type { Command, CorrectEntry } from '../kernel/command.js';
import type { Decider } from '../kernel/decider.js';
import type { Fact } from '../kernel/recorded.js';
import type { References } from './references.js';

/** A line of a command table; `Context` is what the rule must be told of the world outside its stream. */
export interface Row<C extends Command = Command, State = unknown, F extends Fact = Fact, Context = unknown> {
  readonly command: Type<C>;
  /** The reference of the record that the command is about; undefined when it has none yet. */
  id(command: NoInfer<C>): string | undefined;
  /** Gives the record a reference when the command has none. */
  name?(command: NoInfer<C>, commandId: string): void;
  /** Asks for everything the command mentions; throws `Unknown`. */
  context(command: NoInfer<C>, ask: References): Promise<Context>;
  decide(command: NoInfer<C>, state: State, context: Context): readonly F[];
  /** Commands of the same turn run one after the other, whatever their streams. */
  turn?(command: NoInfer<C>, ask: References): string | undefined;
}

/** A write room: its streams, its rules, its command table. */
export interface Room<State = unknown, F extends Fact = Fact> {
  /** First word of the stream names. */
  readonly name: string;
  readonly decider: Decider<State, F>;
  readonly rows: readonly Row[];
  readonly correction: Correction;
}

export interface Correction<C extends CorrectEntry = CorrectEntry> {
  readonly command: Type<C>;
  id(command: NoInfer<C>): string;
}

/** One line of the table, its parts checked against each other. */
export function runs<C extends Command, State, F extends Fact, Context>(row: Row<C, State, F, Context>): Row {
  return row;
}

export function corrects<C extends CorrectEntry>(correction: Correction<C>): Correction {
  return correction;
}

export function streamOf(room: Room, id: string): string {
  return `${room.name}-${id}`;
}
