// tracking: which vehicle carried what; pure.
import type { ConsignmentDispatched } from '../consignment/consignment.events.js';
import type { Destination } from '../goods-ledger/destination.js';
import type { Line } from '../goods-ledger/account.js';
import { dateInWords } from '../goods-ledger/in-words.js';
import { instant } from '../kernel/moments.js';
import type { Recorded } from '../kernel/recorded.js';
import { arrivalsIn, dispatchIn, type CountryOf } from './arrival.js';
import { by } from './order.js';
import type { Told } from './papers.js';

/** One run of one vehicle: a flight, a truck, a ship, a train. */
export interface Flight {
  /** Counted from 1 within a report. */
  readonly number: number;
  /** Day of departure, ISO date. */
  readonly day: string;
  readonly mode: string;
  readonly carrier: string;
  /** Flight number or plate; empty when nobody stated it: then each consignment is taken for a run of its own. */
  readonly vehicle: string;
}

/** Goods that one consignment had on board. */
export interface Carried extends Line {
  readonly flight: Flight;
  readonly consignment: string;
  readonly waybill: string;
  readonly from: string;
  readonly to: string;
  /** ISO 8601. */
  readonly departed: string;
  readonly expected: string | null;
  /** The earliest fact that has the goods at their destination: an arrival, a count there or a delivery. */
  readonly arrived: string | null;
  readonly destination: Destination;
  /** Base units on leaving. */
  readonly quantity: number;
}

type Departure = Recorded<ConsignmentDispatched>;

/** Everything that left, by departure, vehicle and consignment; a day is one in `timeZone`. */
export function carriedBy(told: Told, countryOf: CountryOf, timeZone?: string): Carried[] {
  const departures = [...told.values()]
    .flatMap((facts) => {
      const left = dispatchIn(facts);
      return left ? [{ left, run: runOf(left, timeZone), arrived: firstOf(arrivalsIn(facts, countryOf)) }] : [];
    })
    .sort(by(({ run, left }) => [run.day, run.key, left.data.consignment]));
  const numbers = new Map<string, number>();
  for (const { run } of departures) if (!numbers.has(run.key)) numbers.set(run.key, numbers.size + 1);
  return departures.flatMap(({ left, run: { key, ...run }, arrived }) => {
    return linesOf(left, { number: numbers.get(key)!, ...run }, arrived);
  });
}

/** Flight numbers and plates are written with and without spaces and hyphens. */
export function plain(vehicle: string): string {
  return vehicle.replace(/[\s.-]/g, '').toUpperCase();
}

function runOf({ happenedAt, data: { consignment, transport } }: Departure, timeZone?: string) {
  const { mode = '', carrier = '', vehicle = '' } = transport;
  const day = dateInWords(instant(happenedAt), timeZone).slice(0, 10);
  const key = vehicle
    ? [day, plain(vehicle), mode, carrier.trim().toUpperCase()].join('|')
    : [day, consignment, 'alone'].join('|');
  return { key, day, mode, carrier, vehicle };
}

function firstOf(facts: readonly Recorded[]): string | null {
  return facts.length === 0 ? null : iso(Math.min(...facts.map(({ happenedAt }) => instant(happenedAt))));
}

/** The lines of a dispatch, those of one kind of goods together, whatever earmark they were taken from. */
function linesOf({ happenedAt, data }: Departure, flight: Flight, arrived: string | null): Carried[] {
  const { consignment, from, to, transport } = data;
  const carried = new Map<string, Carried>();
  for (const { item, donation, lot, destination, quantity } of data.lines) {
    const key = [item, donation, lot, destination].join('|');
    carried.set(key, {
      ...{ flight, consignment, waybill: transport.waybill ?? '', from, to, departed: iso(instant(happenedAt)) },
      expected: transport.eta === undefined ? null : iso(instant(transport.eta)),
      ...{ arrived, item, donation, lot, destination },
      quantity: quantity + (carried.get(key)?.quantity ?? 0),
    });
  }
  return [...carried.values()];
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
