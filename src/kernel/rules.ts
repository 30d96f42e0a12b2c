// kernel: what a field of any command must look like, said in words a logistician understands.
import { Transform } from 'class-transformer';
import { PLACE_REFERENCE, REFERENCE } from './identifiers.js';
import { isMoment } from './moments.js';
import { QUANTITY_MAX } from './quantity.js';
import { Matches, ValidateBy, buildMessage } from './validation.js';

/** A reference: 3 to 40 letters, digits or hyphens; small letters are read as capitals. */
export function IsReference(): PropertyDecorator {
  return all(InCapitals(), Matches(REFERENCE, { message: 'must be 3 to 40 letters, digits or hyphens' }));
}

/** A place: 2 to 40 letters, digits or hyphens; a country code is a place. */
export function IsPlace(): PropertyDecorator {
  const message = 'must be a place reference or a country code, such as BELGG or IT';
  return all(InCapitals(), Matches(PLACE_REFERENCE, { message }));
}

/** An ISO 3166-1 alpha-2 code; small letters are read as capitals. */
export function IsCountry(): PropertyDecorator {
  return all(InCapitals(), Matches(/^[A-Z]{2}$/, { message: 'must be a country code of two letters, such as IT' }));
}

/** Whole base units, at least `min`. */
export function IsQuantity(min: 0 | 1 = 1): PropertyDecorator {
  const fits = (value: unknown) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= QUANTITY_MAX;
  return rule('isQuantity', fits, `must be a whole number of base units, ${min} to ${QUANTITY_MAX}`);
}

/** An ISO 8601 date, or date and time with offset. */
export function IsMoment(): PropertyDecorator {
  return rule(
    'isMoment',
    isMoment,
    'must be a date (2020-03-31) or a date and time with offset (2020-03-31T21:30+02:00)',
  );
}

/** A rule of our own with its sentence. */
export function rule(name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator {
  return ValidateBy({ name, validator: { validate, defaultMessage: buildMessage(() => message) } });
}

export function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
}

function InCapitals(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toUpperCase() : value));
}
