// demand: what countries asked for against what they got and what is coming; pure.
import type { ReportedBucket } from '../goods-ledger/account.js';
import type { Recorded } from '../kernel/recorded.js';
import type { RequestFact, RequestRecorded } from '../request/request.events.js';

/** A request that stands, with the moment it was made. */
export type OpenRequest = RequestRecorded['data'] & { readonly happenedAt: string };

/** One item for one country, in base units. */
export interface DemandRow {
  readonly country: string;
  readonly item: string;
  readonly unit: string;
  /** References of the requests that are counted, the soonest needed first. */
  readonly requests: readonly string[];
  readonly requested: number;
  /** The first day whose pieces are not all delivered; null when everything is. */
  readonly neededBy: string | null;
  /** Since the first of the requests was made, reported and confirmed together. */
  readonly delivered: number;
  readonly deliveredConfirmed: number;
  readonly atHub: number;
  readonly inTransit: number;
  /** Requested less delivered, at hub and in transit; less than nothing when more is coming than was asked for. */
  readonly gap: number;
  /** Pieces whose day has passed and that are not delivered. */
  readonly overdue: number;
}

/** Pieces of one item for one country at a moment, in a bucket. */
export type Supply = (country: string, item: string, bucket: ReportedBucket) => number;

interface Question {
  /** As it stood at the end of the report. */
  readonly supply: Supply;
  /** As it stood before `instant`, known as the report knows it. */
  readonly supplyBefore: (instant: string) => Supply;
  readonly unitOf: (item: string) => string;
  /** True when a day is over at the end of the report. */
  readonly isPast: (day: string) => boolean;
}

/** The request, unless it was withdrawn. */
export function openRequest(facts: readonly Recorded<RequestFact>[]): OpenRequest | undefined {
  const latest = facts.at(-1);
  return latest?.type === 'RequestRecorded' ? { ...latest.data, happenedAt: latest.happenedAt } : undefined;
}

/** One row per country and item that was asked for. */
export function demandRows(open: readonly OpenRequest[], question: Question): DemandRow[] {
  const groups = new Map<string, OpenRequest[]>();
  for (const request of open) {
    const key = `${request.country}/${request.item}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(request);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, requests]) => row(requests, question));
}

function row(requests: readonly OpenRequest[], { supply, supplyBefore, unitOf, isPast }: Question): DemandRow {
  const { country, item } = requests[0]!;
  const soonestFirst = [...requests].sort((a, b) => a.neededBy.localeCompare(b.neededBy));
  const earliest = requests.map(({ happenedAt }) => happenedAt).sort((a, b) => Date.parse(a) - Date.parse(b))[0]!;
  const before = supplyBefore(earliest);
  const since = (bucket: ReportedBucket) => supply(country, item, bucket) - before(country, item, bucket);
  const deliveredConfirmed = since('deliveredConfirmed');
  const delivered = since('deliveredReported') + deliveredConfirmed;
  const requested = pieces(requests);
  const [atHub, inTransit] = [supply(country, item, 'atHub'), supply(country, item, 'inTransit')];
  const due = pieces(requests.filter(({ neededBy }) => isPast(neededBy)));
  const unmet = soonestFirst.find((_, index) => pieces(soonestFirst.slice(0, index + 1)) > delivered);
  return {
    ...{ country, item, unit: unitOf(item), requests: soonestFirst.map(({ request }) => request), requested },
    ...{ neededBy: unmet?.neededBy ?? null, delivered, deliveredConfirmed, atHub, inTransit },
    gap: requested - delivered - atHub - inTransit,
    overdue: Math.max(0, due - delivered),
  };
}

function pieces(requests: readonly OpenRequest[]): number {
  return requests.reduce((sum, { quantity }) => sum + quantity, 0);
}
