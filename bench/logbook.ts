// bench: the histories as somebody would have logged them: a CSV file, a row per line of goods.
import { stringify } from 'csv-stringify/sync';
import type { ConsignmentFact, GoodsLine } from '../src/consignment/consignment.events.ts';
import type { EntryCorrected } from '../src/kernel/corrections.ts';
import type { Proposed } from '../src/kernel/recorded.ts';
import { DONOR, giftOf, GIFTS, ITEMS, organisations } from './names.ts';
import type { Stream } from './story.ts';

type Cells = Record<string, string | number>;

const FIRST = { happened_at: '2020-03-01', reported_at: '2020-03-01' };

export function logbookOf(streams: readonly Stream[]): { readonly csv: Buffer; readonly rows: number } {
  const rows = [...mentioned(), ...streams.flatMap(rowsOf)];
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { csv: Buffer.from(stringify(rows, { header: true, columns })), rows: rows.length };
}

function mentioned(): Cells[] {
  const gifts = Array.from({ length: GIFTS }, (_, gift) => ({
    ...{ ...FIRST, entry: giftOf(gift), fact: 'pledge', donation: giftOf(gift), donor: DONOR },
    ...{ item: ITEMS[gift % ITEMS.length]!, quantity: 1_000_000, destination: 'undecided' },
  }));
  const known = organisations().map((organisation) => {
    return { ...FIRST, entry: organisation.organisation, fact: 'organisation', ...organisation };
  });
  return [...known, ...gifts];
}

function rowsOf({ events }: Stream): Cells[] {
  return events.flatMap((event) => {
    const about = { entry: event.id, happened_at: event.happenedAt, reported_at: event.reportedAt! };
    return factRows(event as Told).map((cells) => ({ ...about, ...cells }));
  });
}

type Told = Proposed & (ConsignmentFact | EntryCorrected<ConsignmentFact>);

function factRows(fact: Told | ConsignmentFact): Cells[] {
  if (fact.type === 'EntryCorrected') return correctionRows(fact);
  const { consignment, note = '' } = fact.data;
  const about = { consignment, note };
  switch (fact.type) {
    case 'ConsignmentDispatched': {
      const { from, to, transport, lines } = fact.data;
      const { mode = '', carrier = '', waybill = '' } = transport;
      return lines.map(({ item, donation, lot, quantity }) => {
        return { fact: 'dispatch', ...about, from, to, mode, carrier, waybill, item, donation, lot, quantity };
      });
    }
    case 'ConsignmentArrived':
      return [{ fact: 'arrival', ...about, place: fact.data.place }];
    case 'GoodsReceived': {
      const { hub, grn = '', complete, lines } = fact.data;
      const receipt = { fact: 'receipt', ...about, place: hub, document: grn, complete: complete ? 'yes' : 'no' };
      return lines.map(({ item, donation, lot, good, damaged }) => {
        return { ...receipt, item, donation, lot, damaged, quantity: good };
      });
    }
    case 'GoodsDelivered': {
      const { country, recipient, proof, pod = '', lines } = fact.data;
      const delivery = { fact: 'delivery', ...about, country, recipient, proof, document: pod };
      return lines.map(({ item, donation, lot, accepted, rejected, cause = '' }) => {
        return { ...delivery, item, donation, lot, rejected, cause, quantity: accepted };
      });
    }
    case 'GoodsLost':
      return fact.data.lines.map((line) => ({ fact: 'loss', ...about, cause: fact.data.cause, ...goodsOf(line) }));
    case 'GoodsFound':
      return fact.data.lines.map((line) => ({ fact: 'found', ...about, place: fact.data.hub ?? '', ...goodsOf(line) }));
    default:
      throw new Error(`The workload has no ${fact.type}.`);
  }
}

function goodsOf({ item, donation, lot, quantity }: GoodsLine): Cells {
  return { item, donation, lot, quantity };
}

function correctionRows({ data }: EntryCorrected<ConsignmentFact>): Cells[] {
  const { wrongEventId, restated, note } = data;
  const right = restated!.fact as ConsignmentFact;
  return factRows(right).map((cells) => ({
    ...cells,
    happened_at: restated!.happenedAt,
    corrects: wrongEventId,
    note,
  }));
}
