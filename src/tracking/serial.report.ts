// tracking: which entries name a serial number.
import type { ConsignmentFact } from '../consignment/consignment.events.js';
import { askedFor } from '../goods-ledger/asked-for.js';
import { dateInWords } from '../goods-ledger/in-words.js';
import { instant } from '../kernel/moments.js';
import type { Recorded } from '../kernel/recorded.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import { defineReport } from '../nest/report.definition.js';
import { detailedLines } from './expiries.js';
import { papersOf, toldBy, type Papers } from './papers.js';
import { SerialTraceQuery } from './tracking.queries.js';
import { papersColumns } from './whereabouts.columns.js';

/** A standing entry that names the piece. */
export interface Sighting extends Papers {
  readonly happenedAt: string;
  readonly entry: string;
  readonly position: number;
  readonly fact: ConsignmentFact['type'];
  /** What it says of the piece, in words. */
  readonly said: string;
  readonly donation: string;
  readonly lot: string;
}

/**
 * The entries that name the piece, the latest first. The books count pieces and do not know one from another, so this is
 * read from the log: one read for each consignment that ever carried the item. With 7,000 consignments that is about a
 * second; items with serial numbers, such as ventilators, travel with far fewer.
 */
export const serialReport = defineReport<SerialTraceQuery, Sighting>({
  name: 'serial',
  description: 'where was a single piece seen last: the entries that name its serial number, the latest first',
  query: SerialTraceQuery,
  options: [
    { flags: '--item <item>', description: 'what it is, for example VENTILATOR' },
    { flags: '--serial <number>', description: 'the serial number as it is printed on the piece' },
  ],
  async ask({ item, serial, ...query }, { ledger, catalogue, log, checkpoint }) {
    const limits = limitsOf(query);
    askedFor({ item }, catalogue);
    const streams = ledger.movements(limits, { item }).map(({ stream }) => stream);
    const told = await toldBy(streams, limits, { log, checkpoint });
    const rows = [...told.values()]
      .flat()
      .flatMap((fact) =>
        detailedLines(fact)
          .filter((line) => line.item === item && line.serials?.includes(serial))
          .map(({ donation, lot }): Sighting => ({
            ...{ happenedAt: new Date(fact.happenedAt).toISOString(), entry: fact.id, position: fact.position },
            ...{ fact: fact.type, said: wordsOf(fact), donation, lot },
            ...papersOf([{ about: fact.position, stream: fact.stream }], told),
          })),
      )
      .sort((a, b) => instant(b.happenedAt) - instant(a.happenedAt) || b.position - a.position);
    return {
      report: { asOf: asOfAnswer(limits, checkpoint), item, serial, rows },
      layout: {
        title: `Serial number ${serial} of ${item}`,
        columns: [
          {
            heading: 'happened',
            field: 'happenedAt',
            of: (row) => dateInWords(Date.parse(row.happenedAt), query.timeZone),
            raw: (row) => row.happenedAt,
          },
          { heading: 'what', field: 'fact', of: ({ said }) => said, raw: ({ fact }) => fact },
          { heading: 'what it says', field: 'said', of: ({ said }) => said, csvOnly: true },
          { heading: 'donation', field: 'donation', of: ({ donation }) => donation },
          { heading: 'lot', field: 'lot', of: ({ lot }) => lot },
          ...papersColumns<Sighting>(),
          { heading: 'entry', field: 'entry', of: ({ entry }) => entry },
        ],
        notes: ['The piece may have moved since, on papers that do not name it.'],
      },
    };
  },
});

function wordsOf({ type, data }: Recorded<ConsignmentFact>): string {
  switch (type) {
    case 'ConsignmentDispatched':
      return `left ${data.from} for ${data.to}`;
    case 'GoodsReceived':
      return `counted at ${data.hub}`;
    case 'GoodsDelivered':
      return `at ${data.recipient} in ${data.country}, ${data.proof}`;
    case 'GoodsLost':
      return `lost: ${data.cause}`;
    case 'GoodsFound':
      return `found${data.hub ? ` at ${data.hub}` : ' on the road'}`;
    case 'GoodsReturned':
      return `returned to ${data.hub ?? 'the donor'}`;
    case 'ConsignmentArrived':
    case 'ConsignmentClosed':
    case 'CustomsEntryLodged':
    case 'CustomsHeld':
    case 'CustomsCleared':
    case 'CustomsRefused':
      return '';
  }
}
