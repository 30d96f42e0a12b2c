// goods ledger: the postings that the totals count by one pair of dates and not by another.
import type { DatabaseSync } from 'node:sqlite';
import { limitsFor, type AsOf, type Total } from './as-of.js';
import type { Destination } from './destination.js';

/** What one entry adds to or takes from a total; times in milliseconds since 1970. */
export interface Change extends Total {
  /** Position of the entry that booked it: a correction, or the entry itself. */
  readonly position: number;
  /** Position of the entry it is about. */
  readonly about: number;
  readonly stream: string;
  readonly happened: number;
  readonly reported: number;
  readonly recorded: number;
}

/** Changes of one total together. */
export interface ChangeSum extends Total {
  readonly entries: number;
}

export interface Changes {
  /** Those of the first entries, in the order of the log. */
  readonly listed: readonly Change[];
  /** Those of all later entries, summed per total. */
  readonly rest: readonly ChangeSum[];
}

export interface WhichChanges {
  readonly destination?: Destination;
  readonly item?: string;
  /** How many entries are listed. */
  readonly limit: number;
}

/**
 * Two pairs of dates cut two corners out of the plane of happened and reported: what lies in only one of them is a strip
 * of happened dates and a strip of reported dates, each found by its index.
 */
const POSTINGS = `
  WITH strips AS (
    SELECT *, :happenedSign AS sign FROM movements
      WHERE happened > :firstUntil AND happened <= :lastUntil AND reported <= :knownOfLast
    UNION ALL
    SELECT *, :reportedSign FROM movements
      WHERE reported > :firstKnown AND reported <= :lastKnown AND happened <= :firstUntil
  ), sides AS (
    SELECT position, about, stream, happened, reported, recorded, to_cell AS cell, sign * quantity AS quantity FROM strips
    UNION ALL
    SELECT position, about, stream, happened, reported, recorded, from_cell, -sign * quantity FROM strips
  ), asked AS (
    SELECT * FROM cells
      WHERE (:destination IS NULL OR destination = :destination) AND (:item IS NULL OR item = :item)
  ), postings AS (
    SELECT s.*, c.destination, c.item, c.bucket FROM sides s JOIN asked c ON c.id = s.cell
  )`;

const LAST_LISTED = `${POSTINGS}
  SELECT max(position) AS position FROM (SELECT DISTINCT position FROM postings ORDER BY position LIMIT :limit)`;

const LISTED = `${POSTINGS}
  SELECT position, about, name AS stream, happened, reported, recorded, destination, item, bucket, sum(quantity) AS quantity
  FROM postings JOIN streams ON streams.id = stream WHERE position <= :last
  GROUP BY position, about, happened, cell HAVING sum(quantity) <> 0 ORDER BY position, about, happened, cell`;

const REST = `${POSTINGS}
  SELECT destination, item, bucket, sum(quantity) AS quantity, count(DISTINCT position) AS entries
  FROM postings WHERE position > :last GROUP BY cell HAVING sum(quantity) <> 0`;

/** What has to be added to the totals of `from` to make the totals of `to`. */
export function changesBetween(db: DatabaseSync): (from: AsOf, to: AsOf, which: WhichChanges) => Changes {
  const [lastListed, listed, rest] = [db.prepare(LAST_LISTED), db.prepare(LISTED), db.prepare(REST)];
  return (from, to, { destination, item, limit }) => {
    const asked = { ...strips(limitsFor(from), limitsFor(to)), destination: destination ?? null, item: item ?? null };
    const { position } = lastListed.get({ ...asked, limit }) as { position: number | null };
    const last = position ?? 0;
    return {
      listed: listed.all({ ...asked, last }) as unknown as Change[],
      rest: rest.all({ ...asked, last }) as unknown as ChangeSum[],
    };
  };
}

function strips(from: Required<AsOf>, to: Required<AsOf>) {
  const [first, last] = from.until <= to.until ? [from, to] : [to, from];
  return {
    ...{ firstUntil: first.until, lastUntil: last.until, knownOfLast: last.knownAt },
    ...{ firstKnown: Math.min(from.knownAt, to.knownAt), lastKnown: Math.max(from.knownAt, to.knownAt) },
    happenedSign: last === to ? 1 : -1,
    reportedSign: to.knownAt >= from.knownAt ? 1 : -1,
  };
}
