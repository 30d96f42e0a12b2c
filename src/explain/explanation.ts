// explain: which entries make the difference between two country reports; pure.
import { REPORTED_BUCKETS, type ReportedBucket } from '../goods-ledger/account.js';
import type { AsOf, Total } from '../goods-ledger/as-of.js';
import type { Change, Changes, ChangeSum } from '../goods-ledger/changes.js';
import { isCountry, type Destination } from '../goods-ledger/destination.js';
import { entryAt, type Histories } from '../goods-ledger/histories.js';
import { datesOf, whatHappened } from '../goods-ledger/in-words.js';
import type { Channel } from '../kernel/recorded.js';

/**
 * New fact: happened after the first report ends. Late entry: happened before that, reported after the first report was
 * made. Correction: a correction, whenever the corrected thing happened. Left out: the first report counts it.
 */
export type Why = 'new fact' | 'late entry' | 'correction' | 'left out';

/** A total of the country reports: a country, or where none is decided a destination; an item; a kind of total. */
interface Cell {
  /** ISO 3166-1 alpha-2; null while the country is not decided. */
  readonly country: string | null;
  /** Group, region or `undecided`; only when there is no country. */
  readonly destination?: string;
  readonly item: string;
  readonly bucket: ReportedBucket;
}

export interface Difference extends Cell {
  readonly before: number;
  readonly after: number;
  readonly difference: number;
}

/** What an entry changes of one total. */
export interface ListedRow extends Cell {
  readonly position: number;
  /** Position of the entry that a correction is about; else its own. */
  readonly about: number;
  readonly what: string;
  readonly stream: string;
  /** Account and role, never a name. */
  readonly who: string;
  readonly channel: Channel;
  readonly happenedAt: string;
  readonly reportedAt: string;
  readonly recordedAt: string;
  readonly why: Why;
  readonly note?: string;
  readonly difference: number;
}

/** What all entries that are not listed change of one total. */
export interface SummedRow extends Cell {
  readonly position: null;
  readonly entries: number;
  readonly difference: number;
}

export type ExplainedRow = ListedRow | SummedRow;

export function isListed(row: ExplainedRow): row is ListedRow {
  return row.position !== null;
}

/** The rows that `changes` mean to a reader who held the report of `from` in hand. */
export function explainedRows({ listed, rest }: Changes, from: Required<AsOf>, histories: Histories): ExplainedRow[] {
  return [...listed.map((change) => listedRow(change, from, histories)), ...rest.map(summedRow)];
}

/** The totals that differ, countries first. */
export function differences(before: readonly Total[], after: readonly Total[]): Difference[] {
  const pairs = new Map<string, { total: Total; before: number; after: number }>();
  const pairOf = (total: Total) => {
    const key = sortKey(total);
    const pair = pairs.get(key) ?? { total, before: 0, after: 0 };
    pairs.set(key, pair);
    return pair;
  };
  for (const total of before) pairOf(total).before += total.quantity;
  for (const total of after) pairOf(total).after += total.quantity;
  return [...pairs.entries()]
    .filter(([, pair]) => pair.before !== pair.after)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pair]) => ({
      ...cell(pair.total),
      ...{ before: pair.before, after: pair.after, difference: pair.after - pair.before },
    }));
}

export function whyOf(change: Pick<Change, 'position' | 'about' | 'happened' | 'reported'>, from: Required<AsOf>): Why {
  if (change.happened <= from.until && change.reported <= from.knownAt) return 'left out';
  if (change.position !== change.about) return 'correction';
  return change.happened > from.until ? 'new fact' : 'late entry';
}

function listedRow(change: Change, from: Required<AsOf>, histories: Histories): ListedRow {
  const { position, about, stream } = change;
  const history = histories.get(stream) ?? [];
  const entry = entryAt(position, history);
  const { actor, channel, data } = entry;
  const note = 'note' in data ? data.note : undefined;
  return {
    ...{ position, about, what: whatHappened(entry, history), stream, who: `${actor.id}:${actor.role}`, channel },
    ...{ ...datesOf(change), why: whyOf(change, from), ...(note !== undefined && { note }) },
    ...{ ...cell(change), difference: change.quantity },
  };
}

function summedRow(sum: ChangeSum): SummedRow {
  return { position: null, entries: sum.entries, ...cell(sum), difference: sum.quantity };
}

function cell({ destination, item, bucket }: { destination: Destination; item: string; bucket: ReportedBucket }): Cell {
  return { ...(isCountry(destination) ? { country: destination } : { country: null, destination }), item, bucket };
}

function sortKey({ destination, item, bucket }: Total): string {
  return `${isCountry(destination) ? 0 : 1} ${destination} ${item} ${REPORTED_BUCKETS.indexOf(bucket)}`;
}
