// exceptions: goods in words and figures; pure.
import type { Account, Line } from '../goods-ledger/account.js';
import { accountKey, lineKey } from '../goods-ledger/account.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';
import { grouped } from '../kernel/quantity.js';

export interface ItemQuantity {
  readonly item: string;
  readonly quantity: number;
}

/** How many of each item; what sums to nothing is left out. */
export function sums(lines: readonly ItemQuantity[]): ItemQuantity[] {
  const items = new Map<string, number>();
  for (const { item, quantity } of lines) items.set(item, (items.get(item) ?? 0) + quantity);
  return [...items]
    .map(([item, quantity]) => ({ item, quantity }))
    .filter(({ quantity }) => quantity !== 0)
    .sort((a, b) => (a.item < b.item ? -1 : 1));
}

/** 4,000 MASK, 20 VENTILATOR. */
export function inWords(lines: readonly ItemQuantity[]): string {
  return sums(lines)
    .map(({ item, quantity }) => `${grouped(quantity)} ${item}`)
    .join(', ');
}

/** Things by key, in the order in which keys first came. */
export function by<T>(key: (thing: T) => string, things: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(key(thing));
    if (group) group.push(thing);
    else groups.set(key(thing), [thing]);
  }
  return groups;
}

/** The day, as people write it down. */
export function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** What the entry at position `about` changed, in all its forms that count for one moment. */
export interface Step {
  readonly about: number;
  readonly happened: number;
  /** More than 0 when it came in. */
  readonly quantity: number;
}

/**
 * The steps of one balance since it last was zero; the first one opened it. A balance that changes sign opens anew.
 * Entries that corrections took back do not show.
 */
export function stepsSinceZero(account: Account, line: Line, movements: readonly MovementRow[]): Step[] {
  let steps: Step[] = [];
  let balance = 0;
  for (const step of netSteps(account, line, movements)) {
    const before = balance;
    balance += step.quantity;
    if (balance === 0) steps = [];
    else if (Math.sign(balance) === Math.sign(before)) steps.push(step);
    else steps = [{ ...step, quantity: balance }];
  }
  return steps;
}

function netSteps(account: Account, line: Line, movements: readonly MovementRow[]): Step[] {
  const [ours, goods] = [accountKey(account), lineKey(line)];
  const steps = new Map<string, Step>();
  for (const movement of movements) {
    if (lineKey(movement) !== goods) continue;
    const sign = Number(accountKey(movement.to) === ours) - Number(accountKey(movement.from) === ours);
    if (sign === 0) continue;
    const { about, happened, quantity } = movement;
    const key = `${about}/${happened}`;
    steps.set(key, { about, happened, quantity: (steps.get(key)?.quantity ?? 0) + sign * quantity });
  }
  return [...steps.values()].filter(({ quantity }) => quantity !== 0);
}
