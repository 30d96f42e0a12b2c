// country report: how it is shown.
import type { Layout, Report } from '../nest/report.answers.js';
import { QUANTITY_COLUMNS, type CountryRow } from './country-report.js';

export type CountryReport = Report<CountryRow>;

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

export function countryLayout(nameOf: (country: string) => string): Layout<CountryRow> {
  return {
    title: 'Country totals',
    columns: [
      {
        heading: 'country',
        field: 'country',
        of: ({ country, destination = '' }) =>
          country ? `${country} ${nameOf(country)}` : `not decided: ${destination}`,
      },
      { heading: 'item', field: 'item', of: ({ item }) => item },
      { heading: 'unit', field: 'unit', of: ({ unit }) => unit },
      ...QUANTITY_COLUMNS.map((field) => ({
        heading: HEADINGS[field],
        field,
        of: (row: CountryRow) => row[field],
        zeroHides: true,
      })),
    ],
  };
}
