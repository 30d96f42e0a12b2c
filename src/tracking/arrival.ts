// tracking: whether goods are where they were sent; pure.
import type { ConsignmentDispatched, ConsignmentFact } from '../consignment/consignment.events.js';
import { isCountry } from '../goods-ledger/destination.js';
import type { Recorded } from '../kernel/recorded.js';

/** The country that a registered place lies in. */
export type CountryOf = (place: string) => string | undefined;

type Facts = readonly Recorded<ConsignmentFact>[];

export function dispatchIn(facts: Facts): Recorded<ConsignmentDispatched> | undefined {
  return facts.find((fact): fact is Recorded<ConsignmentDispatched> => fact.type === 'ConsignmentDispatched');
}

/** The facts that have goods at the place they were sent to: an arrival, a count there, a delivery. */
export function arrivalsIn(facts: Facts, countryOf: CountryOf): Facts {
  const to = dispatchIn(facts)?.data.to;
  // Sent to a country, goods are there wherever they land in it.
  const isThere = (place: string) => place === to || (to !== undefined && isCountry(to) && countryOf(place) === to);
  return facts.filter(
    ({ type, data }) =>
      (type === 'ConsignmentArrived' && isThere(data.place)) ||
      (type === 'GoodsReceived' && isThere(data.hub)) ||
      type === 'GoodsDelivered',
  );
}
