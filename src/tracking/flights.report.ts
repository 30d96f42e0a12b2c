// tracking: flights and vehicles, and what each carried.
import { dateInWords } from '../goods-ledger/in-words.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import type { Column } from '../nest/report.answers.js';
import { defineReport } from '../nest/report.definition.js';
import { beginOf } from './days.js';
import { carriedBy, plain, type Carried } from './flights.js';
import { toldBy } from './papers.js';
import { layoutOf } from './whereabouts.columns.js';
import { FlightsQuery } from './tracking.queries.js';

interface Row extends Carried {
  readonly unit: string;
}

/** Costs one read of the ledger, and one of the log for each consignment that left: `since` keeps it short. */
export const flightsReport = defineReport<FlightsQuery, Row>({
  name: 'flights',
  description: 'flights and vehicles, and what each carried',
  query: FlightsQuery,
  options: [
    { flags: '--since <date>', description: 'only what left on or after this date' },
    { flags: '--vehicle <number>', description: 'only this flight number or plate' },
  ],
  async ask({ since, vehicle, ...query }, { ledger, catalogue, log, checkpoint }) {
    const limits = limitsOf(query);
    const begin = since === undefined ? undefined : beginOf(since, query.timeZone);
    const left = ledger
      .movements(limits, begin === undefined ? {} : { since: begin })
      .filter(({ to }) => to.bucket === 'inTransit');
    const told = await toldBy(
      left.map(({ stream }) => stream),
      limits,
      { log, checkpoint },
    );
    const rows = carriedBy(told, (place) => catalogue.one('place', place)?.country, query.timeZone)
      .filter(({ departed }) => begin === undefined || Date.parse(departed) >= begin)
      .filter(({ flight }) => vehicle === undefined || plain(flight.vehicle) === plain(vehicle))
      .map((carried) => ({ ...carried, unit: catalogue.one('item', carried.item)?.unit ?? '' }));
    return {
      report: { asOf: asOfAnswer(limits, checkpoint), rows },
      layout: layoutOf('Flights and vehicles', columnsIn(query.timeZone), rows, notesOf(rows)),
    };
  },
});

function notesOf(rows: readonly Row[]): string[] {
  const alone = rows.some(({ flight }) => flight.vehicle === '');
  return alone ? ['Where the vehicle is not stated, each consignment counts as a run of its own.'] : [];
}

function columnsIn(timeZone?: string): Column<Row>[] {
  const when = (iso: string) => dateInWords(Date.parse(iso), timeZone);
  return [
    { heading: 'no.', field: 'flight', of: ({ flight }) => `${flight.number}`, raw: ({ flight }) => flight.number },
    { heading: 'day', field: 'day', of: ({ flight }) => flight.day, csvOnly: true },
    { heading: 'departed', field: 'departed', of: ({ departed }) => when(departed), raw: ({ departed }) => departed },
    {
      heading: 'vehicle',
      field: 'vehicle',
      of: ({ flight }) => flight.vehicle || 'not stated',
      raw: ({ flight }) => flight.vehicle,
    },
    { heading: 'mode', field: 'mode', of: ({ flight }) => flight.mode },
    { heading: 'carrier', field: 'carrier', of: ({ flight }) => flight.carrier },
    { heading: 'consignment', field: 'consignment', of: ({ consignment }) => consignment },
    { heading: 'waybill', field: 'waybill', of: ({ waybill }) => waybill },
    { heading: 'from', field: 'from', of: ({ from }) => from },
    { heading: 'to', field: 'to', of: ({ to }) => to },
    {
      heading: 'arrived',
      field: 'arrived',
      of: ({ arrived, expected }) => (arrived ? when(arrived) : expected ? `expected ${when(expected)}` : ''),
      raw: ({ arrived }) => arrived,
    },
    { heading: 'expected', field: 'expected', of: ({ expected }) => expected, csvOnly: true },
    { heading: 'item', field: 'item', of: ({ item }) => item },
    { heading: 'lot', field: 'lot', of: ({ lot }) => lot },
    { heading: 'donation', field: 'donation', of: ({ donation }) => donation },
    { heading: 'for', field: 'destination', of: ({ destination }) => destination },
    { heading: 'unit', field: 'unit', of: ({ unit }) => unit },
    { heading: 'quantity', field: 'quantity', of: ({ quantity }) => quantity },
  ];
}
