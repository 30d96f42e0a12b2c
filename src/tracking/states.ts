// tracking: what is the matter with goods, in words; pure.
import type { ConsignmentFact } from '../consignment/consignment.events.js';
import type { Account } from '../goods-ledger/account.js';
import { bucketInWords } from '../goods-ledger/in-words.js';
import type { Recorded } from '../kernel/recorded.js';
import { arrivalsIn, dispatchIn, type CountryOf } from './arrival.js';

/** The bucket in words; `facts` are those of the consignment under way, if the goods are. */
export function stateOf(
  { bucket, cause }: Account,
  quantity: number,
  facts: readonly Recorded<ConsignmentFact>[],
  countryOf: CountryOf,
): string {
  const words = bucketInWords(bucket);
  if (quantity < 0) return bucket === 'unexplained' ? 'beyond the books, unexplained' : `${words}, overdrawn`;
  if (bucket === 'unexplained') return 'missing, unexplained';
  if (bucket === 'lost' && cause !== 'lost') return `lost: ${cause}`;
  return (bucket === 'inTransit' && onTheWay(facts, countryOf)) || words;
}

function onTheWay(facts: readonly Recorded<ConsignmentFact>[], countryOf: CountryOf): string | undefined {
  const to = dispatchIn(facts)?.data.to;
  if (to === undefined) return undefined;
  const arrivals = arrivalsIn(facts, countryOf);
  if (arrivals.some(({ type }) => type !== 'ConsignmentArrived')) return `in transit to ${to} (rest)`;
  return arrivals.length > 0 ? `arrived at ${to}, not counted` : `in transit to ${to}`;
}
