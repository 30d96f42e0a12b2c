// country report: one question for HTTP and the command line.
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import { canonical, isCountry } from '../goods-ledger/destination.js';
import type { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { Unknown } from '../kernel/errors.js';
import type { Checkpoint } from '../kernel/projector.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import { countryRows } from './country-report.js';
import type { CountryReport } from './country-report.answers.js';
import type { CountryReportQuery } from './country-report.queries.js';

/** Throws `Unknown` for a country or item that nobody registered, `Invalid` for dates that are none. */
export function askCountries(
  query: CountryReportQuery,
  ledger: GoodsLedgerView,
  catalogue: CatalogueView,
  checkpoint: Checkpoint,
): CountryReport {
  const wanted =
    query.country === undefined
      ? undefined
      : canonical(query.country.length === 2 ? query.country.toUpperCase() : query.country);
  if (wanted && isCountry(wanted) && !catalogue.one('place', wanted))
    throw new Unknown('country', wanted, 'Use a code of two letters, such as IT.');
  if (query.item && !catalogue.one('item', query.item))
    throw new Unknown('item', query.item, 'See "relief catalogue items".');
  const limits = limitsOf(query);
  const totals = ledger.totals(limits).filter(({ destination, item }) => {
    return (wanted === undefined || destination === wanted) && (query.item === undefined || item === query.item);
  });
  const rows = countryRows(totals, (item) => catalogue.one('item', item)?.unit ?? '');
  return { asOf: asOfAnswer(limits, checkpoint), rows };
}

/** The name of a country, for people. */
export function namesIn(catalogue: CatalogueView): (country: string) => string {
  return (country) => catalogue.one('place', country)?.name ?? '';
}
