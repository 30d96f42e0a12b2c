// nest: who gives a command, through which door, under which id; kept beside the command, never in it.
import { randomUUID } from 'node:crypto';
import type { Circumstances } from '../kernel/recorded.js';

export interface Order {
  readonly circumstances: Circumstances;
  /** The version of the record that the caller decided on. */
  readonly ifVersion?: number;
}

/**
 * A property that nobody lists, copies or writes: a WeakMap of all commands would be gone through each time garbage is
 * collected, with the whole process standing still.
 */
const ORDER = Symbol('order');

/** The command, with its circumstances attached. */
export function ordered<C extends object>(command: C, order: Order): C {
  return Object.defineProperty(command, ORDER, { value: order, configurable: true });
}

export function orderOf(command: object): Order {
  const { [ORDER]: order } = command as { readonly [ORDER]?: Order };
  if (!order) throw new Error(`${command.constructor.name} was executed without its circumstances.`);
  return order;
}

/** Circumstances of a command that nothing caused but its caller. */
export function circumstances(given: Pick<Circumstances, 'actor' | 'channel'> & Partial<Circumstances>): Circumstances {
  const { actor, channel, commandId = randomUUID() } = given;
  return {
    actor,
    channel,
    commandId,
    correlationId: given.correlationId ?? commandId,
    causationId: given.causationId ?? commandId,
  };
}
