// duty relief: the question.
import type { ConsignmentFact } from '../consignment/consignment.events.js';
import { askedFor } from '../goods-ledger/asked-for.js';
import { standingAsOf } from '../kernel/standing.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import type { Column } from '../nest/report.answers.js';
import { defineReport } from '../nest/report.definition.js';
import { clearedIn } from './clearances.js';
import { dutyReliefRow, gapsIn, receiversOf, type DutyReliefRow, type Names } from './duty-relief.js';
import { DutyReliefQuery } from './duty-relief.queries.js';
import { handedTo, type HandedTo } from './handed-to.js';

const COLUMNS: readonly Column<DutyReliefRow>[] = [
  { heading: 'country', field: 'country', of: ({ country }) => country },
  { heading: 'place', field: 'place', of: ({ place }) => place },
  { heading: 'cleared', field: 'cleared', of: ({ cleared }) => cleared.slice(0, 10), raw: ({ cleared }) => cleared },
  { heading: 'consignment', field: 'consignment', of: ({ consignment }) => consignment },
  { heading: 'item', field: 'item', of: ({ item }) => item, csvOnly: true },
  { heading: 'nature', field: 'nature', of: ({ nature }) => nature },
  { heading: 'unit', field: 'unit', of: ({ unit }) => unit },
  { heading: 'quantity', field: 'quantity', of: ({ quantity }) => quantity },
  { heading: 'counted', field: 'counted', of: ({ counted }) => (counted ? 'yes' : 'no') },
  {
    heading: 'HS code',
    field: 'hsCode',
    of: ({ hsCode, hsEdition, hsAuthority }) => hsCode && `${hsCode} ${hsEdition} ${hsAuthority}`,
    raw: ({ hsCode }) => hsCode,
  },
  { heading: 'HS edition', field: 'hsEdition', of: ({ hsEdition }) => hsEdition, csvOnly: true },
  { heading: 'HS authority', field: 'hsAuthority', of: ({ hsAuthority }) => hsAuthority, csvOnly: true },
  { heading: 'relief basis', field: 'reliefBasis', of: ({ reliefBasis }) => reliefBasis },
  { heading: 'procedure', field: 'procedure', of: ({ procedure }) => procedure },
  {
    heading: 'MRN',
    field: 'mrn',
    of: ({ mrn, mrnDoubtful }) => mrn && `${mrn}${mrnDoubtful ? ' ?' : ''}`,
    raw: ({ mrn }) => mrn,
  },
  {
    heading: 'MRN doubtful',
    field: 'mrnDoubtful',
    of: ({ mrnDoubtful }) => (mrnDoubtful ? 'yes' : 'no'),
    csvOnly: true,
  },
  { heading: 'GRN', field: 'grns', of: ({ grns }) => grns.join(', ') },
  { heading: 'export authorisation', field: 'exportAuthorisation', of: (row) => row.exportAuthorisation },
  { heading: 'received by', field: 'organisations', of: receiversOf },
];

export const dutyReliefReport = defineReport<DutyReliefQuery, DutyReliefRow>({
  name: 'duty-relief',
  description: 'goods cleared at customs, with the papers that Decision (EU) 2020/491 asks for',
  query: DutyReliefQuery,
  options: [{ flags: '--country <code>', description: 'only goods that were cleared in this country, for example BE' }],
  async ask({ country, ...query }, { ledger, catalogue, clearances, log, checkpoint }) {
    askedFor({ country }, catalogue);
    const limits = limitsOf(query);
    const names: Names = {
      countryOf: (place) => catalogue.one('place', place)?.country ?? '',
      item: (item) => catalogue.one('item', item),
      organisation: (organisation) => catalogue.one('organisation', organisation)?.name ?? organisation,
    };
    const histories = await Promise.all(
      clearances.consignments().map((consignment) => log.readStream(`consignment-${consignment}`)),
    );
    const cleared = histories.flatMap((history) => {
      const facts = standingAsOf<ConsignmentFact>(
        history.filter(({ position }) => position <= checkpoint.position),
        limits,
      );
      return clearedIn(facts, names.countryOf).filter(({ place }) => !country || names.countryOf(place) === country);
    });
    const followed = new Map<string, (consignment: string) => HandedTo>();
    for (const item of new Set(cleared.map((one) => one.item))) {
      const movements = ledger.movements(limits, { item });
      followed.set(item, handedTo(movements.filter(({ position }) => position <= checkpoint.position)));
    }
    const rows = cleared
      .map((one) => dutyReliefRow(one, followed.get(one.item)!(one.consignment), names))
      .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    return {
      report: { asOf: asOfAnswer(limits, checkpoint), rows },
      layout: { title: 'Goods cleared at customs', columns: COLUMNS, notes: gapsIn(rows) },
    };
  },
});

function sortKey({ country, cleared, consignment, item }: DutyReliefRow): string {
  return [country, new Date(cleared).toISOString(), consignment, item].join(' ');
}
