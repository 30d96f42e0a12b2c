// nest: from what somebody sent to a command whose shape is right.
import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { Invalid, type Problem } from '../kernel/errors.js';
import { Validator } from '../kernel/validation.js';
import { OPTIONS, plainlyValid } from './plainly-valid.js';
import { shapeOf } from './shape.js';

const validator = new Validator();

/** An instance of the class. Throws `Invalid` with the path of every field that is wrong, missing or unknown. */
export function valid<T extends object>(of: Type<T>, body: unknown): T {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Invalid([{ field: 'body', rule: 'must be a JSON object', value: body }]);
  }
  const shape = shapeOf(of);
  return (shape && (plainlyValid(shape, body) as T | undefined)) ?? explained(of, body);
}

/** The same by class-transformer and class-validator, which find every fault and word it. */
export function explained<T extends object>(of: Type<T>, body: object): T {
  const instance = plainToInstance(of, withoutNulls(body), OPTIONS);
  const errors = validator.validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  if (errors.length > 0) throw new Invalid(errors.flatMap((error) => problemsOf(error, '')));
  return instance;
}

/** A field that is null says nothing, as one that is left out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(said.map(([field, inner]) => [field, withoutNulls(inner)]));
}

function problemsOf(error: ValidationError, path: string): Problem[] {
  const field = /^\d+$/.test(error.property) ? `${path}[${error.property}]` : `${path && `${path}.`}${error.property}`;
  const nested = (error.children ?? []).flatMap((child) => problemsOf(child, field));
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    rule: rule === 'whitelistValidation' ? 'is not a field of this command' : sentence(message, error.property),
    value: error.value as unknown,
  }));
  return [...own, ...nested];
}

/** class-validator repeats the property's name; the field says it already. */
function sentence(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
