// goods ledger: whom goods are meant for.

/**
 * A country (ISO 3166-1 alpha-2: `IT`), a group of countries (`BE+FR+SI`, sorted), a region by its UN M49 name (`Africa`),
 * or `undecided`.
 */
export type Destination = string;

export const UNDECIDED: Destination = 'undecided';

const COUNTRY = /^[A-Z]{2}$/;
const GROUP = /^[A-Z]{2}(\+[A-Z]{2})+$/;
const REGION = /^[A-Z][A-Za-z]+([ -][A-Za-z()]+)*$/;

export const isCountry = (destination: Destination): boolean => COUNTRY.test(destination);
const isGroup = (destination: Destination): boolean => GROUP.test(destination);

/** The countries a destination spells out; none for regions and undecided goods. */
export function countriesOf(destination: Destination): readonly string[] {
  return isCountry(destination) || isGroup(destination) ? destination.split('+') : [];
}

/** One spelling for each destination: groups sorted and without repeats, a group of one is that country. */
export function canonical(destination: Destination): Destination {
  return isGroup(destination) ? [...new Set(destination.split('+'))].sort().join('+') : destination;
}

/** True for every form of a destination. */
export function isDestination(value: unknown): value is Destination {
  return (
    typeof value === 'string' && (value === UNDECIDED || [COUNTRY, GROUP, REGION].some((form) => form.test(value)))
  );
}
