// country report: the question.
import { askedFor } from '../goods-ledger/asked-for.js';
import { UNDECIDED } from '../goods-ledger/destination.js';
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
  ask(query, { ledger, catalogue, checkpoint }) {
    const { destination, item } = askedFor(query, catalogue);
    const limits = limitsOf(query);
    const totals = ledger.totals(limits).filter((total) => {
      return (!destination || total.destination === destination) && (!item || total.item === item);
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

function undecidedName(destination = UNDECIDED): string {
  return destination === UNDECIDED ? 'not decided yet' : `not decided: ${destination}`;
}
