// country report: the question.
import { canonical, countriesOf, isCountry, UNDECIDED } from '../goods-ledger/destination.js';
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import { Unknown } from '../kernel/errors.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import { defineReport } from '../nest/report.definition.js';
import { countryRows, QUANTITY_COLUMNS, type CountryRow } from './country-report.js';
import { CountryReportQuery } from './country-report.queries.js';

const HEADINGS: Record<(typeof QUANTITY_COLUMNS)[number], string> = {
  pledged: 'pledged',
  atHub: 'at hub',
  inTransit: 'in transit',
  delivered: 'delivered',
  deliveredConfirmed: 'confirmed',
  rejected: 'rejected',
  damaged: 'damaged',
  lost: 'lost',
  returned: 'returned',
  unexplained: 'unexplained',
};

export const countriesReport = defineReport<CountryReportQuery, CountryRow>({
  name: 'countries',
  description: 'how many did each country get: totals per country and item',
  query: CountryReportQuery,
  options: [
    { flags: '--country <code>', description: 'only this country (IT) or destination (Africa, BE+FR+SI, undecided)' },
    { flags: '--item <item>', description: 'only this item, for example MASK' },
  ],
  ask({ country, item, ...query }, { ledger, catalogue, checkpoint }) {
    const where = country === undefined ? undefined : canonical(country.length === 2 ? country.toUpperCase() : country);
    if (where && isCountry(where) && !catalogue.one('place', where)) {
      throw new Unknown('country', where, 'Use a code of two letters, such as IT.');
    }
    if (where && !isCountry(where) && !isKnown(where, catalogue)) {
      throw new Unknown(
        'country or destination',
        where,
        'Use a code (IT), several (BE+FR+SI), a region such as Africa, or undecided.',
      );
    }
    if (item && !catalogue.one('item', item)) throw new Unknown('item', item, 'See "relief catalogue items".');
    const limits = limitsOf(query);
    const totals = ledger.totals(limits).filter((total) => {
      return (where === undefined || total.destination === where) && (item === undefined || total.item === item);
    });
    const rows = countryRows(totals, (of) => catalogue.one('item', of)?.unit ?? '');
    const name = (of: string) => catalogue.one('place', of)?.name ?? '';
    return {
      report: { asOf: asOfAnswer(limits, checkpoint), rows },
      layout: {
        title: 'Country totals',
        columns: [
          {
            heading: 'country',
            field: 'country',
            of: (row) => (row.country ? `${row.country} ${name(row.country)}` : undecidedName(row.destination)),
            raw: (row) => row.country,
          },
          { heading: 'destination', field: 'destination', of: (row) => row.destination, csvOnly: true },
          { heading: 'item', field: 'item', of: (row) => row.item },
          { heading: 'unit', field: 'unit', of: (row) => row.unit },
          ...QUANTITY_COLUMNS.map((field) => ({
            heading: HEADINGS[field],
            field,
            of: (row: CountryRow) => row[field],
            zeroHides: true,
          })),
        ],
      },
    };
  },
});

function isKnown(destination: string, catalogue: CatalogueView): boolean {
  if (destination === UNDECIDED) return true;
  const places = catalogue.all('place');
  const codes = countriesOf(destination);
  if (codes.length > 0) return codes.every((code) => places.some(({ place }) => place === code));
  return places.some(({ regions }) => regions.includes(destination));
}

function undecidedName(destination = UNDECIDED): string {
  return destination === UNDECIDED ? 'not decided yet' : `not decided: ${destination}`;
}
