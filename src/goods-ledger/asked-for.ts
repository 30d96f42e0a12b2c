// goods ledger: the country and the item that a question is about, as the catalogue knows them.
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import { Unknown } from '../kernel/errors.js';
import { canonical, countriesOf, isCountry, UNDECIDED, type Destination } from './destination.js';

export interface AskedFor {
  readonly destination?: Destination;
  readonly item?: string;
}

/** Throws `Unknown` for what nobody registered. */
export function askedFor(
  { country, item }: { readonly country?: string | undefined; readonly item?: string | undefined },
  catalogue: Pick<CatalogueView, 'one' | 'all'>,
): AskedFor {
  const destination =
    country === undefined ? undefined : canonical(country.length === 2 ? country.toUpperCase() : country);
  if (destination && isCountry(destination) && !catalogue.one('place', destination)) {
    throw new Unknown('country', destination, 'Use a code of two letters, such as IT.');
  }
  if (destination && !isKnown(destination, catalogue)) {
    const advice = 'Use a code (IT), several (BE+FR+SI), a region such as Africa, or undecided.';
    throw new Unknown('country or destination', destination, advice);
  }
  if (item && !catalogue.one('item', item)) throw new Unknown('item', item, 'See "relief catalogue items".');
  return { ...(destination && { destination }), ...(item && { item }) };
}

function isKnown(destination: Destination, catalogue: Pick<CatalogueView, 'one' | 'all'>): boolean {
  const codes = countriesOf(destination);
  if (codes.length > 0) return codes.every((code) => catalogue.one('place', code));
  return destination === UNDECIDED || catalogue.all('place').some(({ regions }) => regions.includes(destination));
}
