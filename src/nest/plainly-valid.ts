// nest: the short way from an input to its instance, for the many that are valid.
import { TransformationType } from 'class-transformer';
import type { ValidationArguments } from 'class-validator';
import type { Check, Field, Shape } from './shape.js';

/** How class-transformer is told to make instances, here and where faults are explained. */
export const OPTIONS = { exposeDefaultValues: true };

/** What is not plainly valid: class-validator then says what is wrong, or that nothing is. */
const DOUBTFUL = Symbol('not plainly valid');

/**
 * The instance that class-transformer makes of an input and class-validator finds no fault with; undefined where that is
 * not plain to see, such as for an unknown field, a broken rule, an object that is no line.
 */
export function plainlyValid(shape: Shape, input: object): object | undefined {
  const instance = instanceOf(shape, input);
  return instance !== DOUBTFUL && isValid(shape, instance) ? instance : undefined;
}

function instanceOf(shape: Shape, input: object): object | typeof DOUBTFUL {
  const instance = new shape.of();
  for (const name of Object.keys(input)) {
    const sent = (input as Fields)[name];
    const field = shape.fields.get(name);
    if (!field) return DOUBTFUL;
    // What says nothing leaves the default as it is.
    if (sent === null || sent === undefined) continue;
    let value = made(field, sent);
    if (value === DOUBTFUL) return DOUBTFUL;
    for (const transform of field.transforms) {
      value = transform({ value, key: name, obj: input, type: TransformationType.PLAIN_TO_CLASS, options: OPTIONS });
    }
    (instance as Fields)[name] = value;
  }
  return instance;
}

type Fields = Record<string, unknown>;

function made({ numeric, lines }: Field, sent: unknown): unknown {
  if (isAtom(sent)) return lines ? DOUBTFUL : numeric ? Number(sent) : sent;
  if (!Array.isArray(sent) || numeric) return DOUBTFUL;
  const list = [...(sent as unknown[])];
  if (!lines) return list.every(isAtom) ? list : DOUBTFUL;
  const instances: object[] = [];
  for (const line of list) {
    if (typeof line !== 'object' || line === null || Array.isArray(line)) return DOUBTFUL;
    const instance = instanceOf(lines, line);
    if (instance === DOUBTFUL) return DOUBTFUL;
    instances.push(instance);
  }
  return instances;
}

function isAtom(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isValid({ of, inRow }: Shape, instance: object): boolean {
  for (const field of inRow) if (!keepsRules(field, of.name, instance, (instance as Fields)[field.name])) return false;
  return true;
}

function keepsRules(field: Field, targetName: string, object: object, value: unknown): boolean {
  for (const holds of field.conditions) if (!holds(object, value)) return true;
  const given = { targetName, property: field.name, object, value, constraints: NONE };
  for (const check of field.checks) if (!passes(check, given)) return false;
  const { lines } = field;
  if (!lines || value === undefined) return true;
  return Array.isArray(value) && value.every((line) => line instanceof lines.of && isValid(lines, line));
}

const NONE: unknown[] = [];

/** One object is given to all checks of a field, each with its own constraints. */
function passes({ constraint, constraints, each }: Check, given: ValidationArguments): boolean {
  const value: unknown = given.value;
  given.constraints = constraints;
  // A check that answers later answers a promise, which is not true.
  if (!each || !Array.isArray(value)) return constraint.validate(value, given) === true;
  return value.every((element) => constraint.validate(element, given) === true);
}
