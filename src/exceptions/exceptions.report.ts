// exceptions: the question what somebody should look at.
import { askedFor } from '../goods-ledger/asked-for.js';
import { asOfAnswer, limitsOf } from '../nest/as-of.queries.js';
import type { Report } from '../nest/report.answers.js';
import { defineReport } from '../nest/report.definition.js';
import { agesAt, knownPlace } from './ages.js';
import { closedButOpen, negativeBalances, openDiscrepancies, rejectedGoods } from './balances.js';
import { Evidence } from './evidence.js';
import {
  ageText,
  EXCEPTION_KINDS,
  exceptionRows,
  type ExceptionKind,
  type ExceptionRow,
  type Found,
} from './exception.js';
import { ExceptionsQuery } from './exceptions.queries.js';
import { customsStops, lateLegs, stuckConsignments } from './legs.js';
import { expiredStock, stoppedLots } from './lots.js';
import { doubtfulNumbers, recordedLate, unconfirmedDeliveries } from './papers.js';

interface Finder {
  readonly kinds: readonly ExceptionKind[];
  readonly find: (evidence: Evidence) => Found[];
}

/** Who finds what. Nobody publishes reports yet, so none is compared with what was published. */
const FINDERS: readonly Finder[] = [
  // First, because it reads all holdings, which the others then share.
  { kinds: ['NEGATIVE_BALANCE'], find: negativeBalances },
  { kinds: ['LOT_RECALLED', 'LOT_ON_HOLD'], find: stoppedLots },
  { kinds: ['CUSTOMS_REFUSED', 'CUSTOMS_HOLD'], find: customsStops },
  { kinds: ['CLOSED_BUT_OPEN'], find: closedButOpen },
  { kinds: ['OPEN_DISCREPANCY'], find: openDiscrepancies },
  { kinds: ['STUCK_CONSIGNMENT'], find: stuckConsignments },
  { kinds: ['LATE_LEG'], find: lateLegs },
  { kinds: ['EXPIRED_STOCK'], find: expiredStock },
  { kinds: ['REJECTED_GOODS'], find: rejectedGoods },
  { kinds: ['UNCONFIRMED_DELIVERY'], find: unconfirmedDeliveries },
  { kinds: ['DOUBTFUL_NUMBER'], find: doubtfulNumbers },
  { kinds: ['RECORDED_LATE'], find: recordedLate },
];

interface ExceptionsAnswer extends Report<ExceptionRow> {
  /** The instant that ages are counted to. */
  readonly agesAt: string;
}

export const exceptionsReport = defineReport<ExceptionsQuery, ExceptionRow>({
  name: 'exceptions',
  description: 'what must somebody look at: late, stuck, held, missing, unsigned, each with its age and who has to act',
  query: ExceptionsQuery,
  options: [
    { flags: '--kind <code>', description: `only one kind: ${Object.keys(EXCEPTION_KINDS).join(', ')}` },
    { flags: '--state <state>', description: 'open, or past: what is over and only explains' },
    { flags: '--country <code>', description: 'only goods for this country (IT) or destination (Africa, undecided)' },
    { flags: '--hub <place>', description: 'only what plays at this hub, or on the way from or to it' },
  ],
  ask({ kind, state, country, hub, ...query }, { ledger, catalogue, milestones, checkpoint }) {
    const limits = limitsOf(query);
    const { destination } = askedFor({ country }, catalogue);
    const filters = { ...(destination && { destination }), ...knownPlace(hub, catalogue) };
    const evidence = new Evidence({ ledger, catalogue, milestones }, limits, agesAt(limits, milestones));
    const asked = FINDERS.filter(({ kinds }) => kind === undefined || kinds.includes(kind));
    const found = ledger.steady(() => asked.flatMap(({ find }) => find(evidence)));
    const wanted = { ...filters, ...(kind && { kind }), ...(state && { state }) };
    const at = new Date(evidence.agesAt).toISOString();
    const rows = exceptionRows(found, evidence.agesAt, wanted);
    const report: ExceptionsAnswer = { asOf: asOfAnswer(limits, checkpoint), agesAt: at, rows };
    return { report, layout: layoutOf(at, rows) };
  },
});

function layoutOf(at: string, rows: readonly ExceptionRow[]) {
  const open = rows.filter((row) => row.open).length;
  const many = (pairs: readonly (readonly [string, unknown])[]) => pairs.map((pair) => pair.join(' ')).join('; ');
  const kinds = Object.entries(EXCEPTION_KINDS).filter(([kind]) => rows.some((row) => row.kind === kind));
  return {
    title: 'Exceptions',
    columns: [
      { heading: 'kind', field: 'kind', of: ({ kind }: ExceptionRow) => kind },
      { heading: 'age', field: 'ageHours', of: (row: ExceptionRow) => ageText(row.ageHours), raw: hoursOf },
      { heading: 'state', field: 'state', of: (row: ExceptionRow) => (row.open ? 'open' : 'past') },
      { heading: 'who acts', field: 'ownerKind', of: ownerText, raw: ({ owner }: ExceptionRow) => owner.kind },
      { heading: 'owner', field: 'owner', of: ({ owner }: ExceptionRow) => owner.id, csvOnly: true },
      { heading: 'about', field: 'name', of: ({ name }: ExceptionRow) => name },
      { heading: 'what', field: 'what', of: ({ what }: ExceptionRow) => what },
      { heading: 'since', field: 'since', of: ({ since }: ExceptionRow) => since, csvOnly: true },
      {
        heading: 'destinations',
        field: 'destinations',
        of: (row: ExceptionRow) => row.destinations.join('; '),
        csvOnly: true,
      },
      { heading: 'places', field: 'places', of: (row: ExceptionRow) => row.places.join('; '), csvOnly: true },
      {
        heading: 'goods',
        field: 'goods',
        of: (row: ExceptionRow) => many(row.goods.map((g) => [g.item, g.quantity])),
        csvOnly: true,
      },
      {
        heading: 'figures',
        field: 'figures',
        of: (row: ExceptionRow) => many(Object.entries(row.figures)),
        csvOnly: true,
      },
      { heading: 'ages at', field: 'agesAt', of: () => at, csvOnly: true },
    ],
    notes: [
      `${open} open, ${rows.length - open} past. Ages at ${at}.`,
      ...kinds.map(([kind, meaning]) => `${kind}: ${meaning}.`),
    ],
  };
}

const hoursOf = (row: ExceptionRow) => row.ageHours;
const ownerText = ({ owner }: ExceptionRow) => `${owner.kind} ${owner.id}`;
