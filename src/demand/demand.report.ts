// demand: the question.
import type { ReportedBucket } from '../goods-ledger/account.js';
import type { AsOf, Total } from '../goods-ledger/as-of.js';
import { askedFor } from '../goods-ledger/asked-for.js';
import type { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { instant, upTo } from '../kernel/moments.js';
import { standingAsOf } from '../kernel/standing.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import type { Column } from '../nest/report.answers.js';
import { defineReport } from '../nest/report.definition.js';
import type { RequestFact } from '../request/request.events.js';
import { demandRows, openRequest, type DemandRow, type Supply } from './demand.js';
import { DemandQuery } from './demand.queries.js';

const COLUMNS: readonly Column<DemandRow>[] = [
  { heading: 'country', field: 'country', of: ({ country }) => country },
  { heading: 'item', field: 'item', of: ({ item }) => item },
  { heading: 'unit', field: 'unit', of: ({ unit }) => unit },
  { heading: 'requests', field: 'requests', of: ({ requests }) => requests.join(', ') },
  { heading: 'needed by', field: 'neededBy', of: ({ neededBy }) => neededBy },
  { heading: 'requested', field: 'requested', of: ({ requested }) => requested },
  { heading: 'delivered', field: 'delivered', of: ({ delivered }) => delivered },
  { heading: 'confirmed', field: 'deliveredConfirmed', of: (row) => row.deliveredConfirmed },
  { heading: 'in transit', field: 'inTransit', of: ({ inTransit }) => inTransit },
  { heading: 'at hub', field: 'atHub', of: ({ atHub }) => atHub },
  { heading: 'gap', field: 'gap', of: ({ gap }) => gap },
  { heading: 'overdue', field: 'overdue', of: ({ overdue }) => overdue },
];

const NOTES = [
  'Gap: requested less delivered, in transit and at hub. Delivered counts from the first of the requests on.',
  'Goods on hold are counted. Goods for a group, a region or nobody yet are not, until they are allocated to the country.',
];

export const demandReport = defineReport<DemandQuery, DemandRow>({
  name: 'demand',
  description: 'what countries asked for, what they got, what is coming and what is missing',
  query: DemandQuery,
  options: [
    { flags: '--country <code>', description: 'only what this country asked for, for example IT' },
    { flags: '--item <item>', description: 'only this item, for example MASK' },
  ],
  async ask({ country, item, ...query }, { ledger, catalogue, milestones, requests, log, checkpoint }) {
    askedFor({ country, item }, catalogue);
    const limits = limitsOf(query);
    const at = limits.until ?? limits.knownAt ?? milestones.latestRecording();
    const histories = await Promise.all(requests.ever(country).map((request) => log.readStream(`request-${request}`)));
    const open = histories.flatMap((history) => {
      const known = history.filter(({ position }) => position <= checkpoint.position);
      return openRequest(standingAsOf<RequestFact>(known, limits)) ?? [];
    });
    const asked = open.filter((one) => (!country || one.country === country) && (!item || one.item === item));
    const rows = ledger.steady(() =>
      demandRows(asked, {
        supply: supplyAsOf(ledger, limits),
        supplyBefore: (since) => supplyAsOf(ledger, { ...limits, until: instant(since) - 1 }),
        unitOf: (of) => catalogue.one('item', of)?.unit ?? '',
        isPast: (day) => upTo('neededBy', day, query.timeZone) < at,
      }),
    );
    const report = { asOf: asOfAnswer(limits, checkpoint), overdueOn: new Date(at).toISOString(), rows };
    return { report, layout: { title: 'Demand against supply', columns: COLUMNS, notes: NOTES } };
  },
});

function supplyAsOf(ledger: GoodsLedgerView, limits: AsOf): Supply {
  const key = (country: string, item: string, bucket: ReportedBucket) => `${country}/${item}/${bucket}`;
  const totals = ledger.totals(limits).map(({ destination, item, bucket, quantity }: Total): [string, number] => {
    return [key(destination, item, bucket), quantity];
  });
  const known = new Map(totals);
  return (country, item, bucket) => known.get(key(country, item, bucket)) ?? 0;
}
