// statement: what came, what went and what was left in a period, for one destination; pure.
import { REPORTED_BUCKETS, type Account, type Bucket, type ReportedBucket } from '../goods-ledger/account.js';
import type { Total } from '../goods-ledger/as-of.js';
import type { Destination } from '../goods-ledger/destination.js';
import { entryAt, type Histories } from '../goods-ledger/histories.js';
import { datesOf, whatHappened } from '../goods-ledger/in-words.js';
import type { MovementRow } from '../goods-ledger/movement-rows.js';
import { papersOf, type Papers } from './documents.js';

/** Pieces in each kind of total, zeroes left out; of a row: what it added, or took away below zero. */
export type Quantities = Readonly<Partial<Record<ReportedBucket, number>>>;

export interface Balance {
  readonly item: string;
  readonly unit: string;
  readonly quantities: Quantities;
}

interface Side {
  readonly bucket: Bucket;
  readonly destination: Destination;
}

/** From one kind of total to another; one of the two may be another destination's. */
export interface Move {
  readonly from: Side;
  readonly to: Side;
  readonly quantity: number;
}

/** What one entry did to one item of one donation. */
export interface StatementRow extends Balance, Papers {
  readonly position: number;
  /** Position of the entry that a correction is about; else its own. */
  readonly about: number;
  readonly correction: boolean;
  readonly what: string;
  readonly happenedAt: string;
  readonly reportedAt: string;
  readonly recordedAt: string;
  readonly stream: string;
  readonly consignment?: string;
  readonly donation: string;
  readonly lots: readonly string[];
  readonly moves: readonly Move[];
  readonly note?: string;
}

type UnitOf = (item: string) => string;

/** One balance for each of `items`, also where nothing is. */
export function balances(totals: readonly Total[], items: readonly string[], unitOf: UnitOf): Balance[] {
  return items.map((item) => {
    const ofItem = totals.filter((total) => total.item === item);
    return { item, unit: unitOf(item), quantities: quantities(ofItem) };
  });
}

/** What rows are written from, beside the movements. */
interface Behind {
  readonly destination: Destination;
  readonly histories: Histories;
  /** In milliseconds since 1970. */
  readonly knownAt: number;
  readonly unitOf: UnitOf;
}

/** The rows of a period, in the order in which they happened. */
export function statementRows(
  movements: readonly MovementRow[],
  { destination, histories, knownAt, unitOf }: Behind,
): StatementRow[] {
  const papers = new Map([...histories].map(([stream, history]) => [stream, papersOf(history, knownAt)]));
  return entryByEntry(movements).map((group) => {
    const { position, about, stream, item, donation } = group[0]!;
    const history = histories.get(stream) ?? [];
    const entry = entryAt(position, history);
    const note = 'note' in entry.data ? entry.data.note : undefined;
    return {
      ...{ position, about, correction: position !== about, what: whatHappened(entry, history) },
      ...datesOf(group[0]!),
      ...{ stream, ...consignmentOf(stream), donation, ...papers.get(stream)!(about) },
      ...{ item, unit: unitOf(item), lots: [...new Set(group.map(({ lot }) => lot))].filter(Boolean) },
      ...{ moves: moves(group), quantities: quantities(postings(group, destination)) },
      ...(note !== undefined && { note }),
    };
  });
}

/** Movements of one entry, item and donation together, in their order. */
function entryByEntry(movements: readonly MovementRow[]): MovementRow[][] {
  const groups = new Map<string, MovementRow[]>();
  for (const movement of movements) {
    const { position, about, happened, item, donation } = movement;
    const key = [position, about, happened, item, donation].join(' ');
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(movement);
  }
  return [...groups.values()];
}

/** What is left when rows are added to what was there. */
export function added(quantity: Quantities, rows: readonly Quantities[]): Quantities {
  return quantities(
    [quantity, ...rows].flatMap((row) => REPORTED_BUCKETS.map((bucket) => ({ bucket, quantity: row[bucket] ?? 0 }))),
  );
}

/** Summed by kind of total, in the order of the country report. */
function quantities(parts: readonly { readonly bucket: ReportedBucket; readonly quantity: number }[]): Quantities {
  const sums = REPORTED_BUCKETS.map((bucket) => {
    const ofBucket = parts.filter((part) => part.bucket === bucket);
    return [bucket, ofBucket.reduce((sum, { quantity }) => sum + quantity, 0)] as const;
  });
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0));
}

function postings(group: readonly MovementRow[], destination: Destination) {
  const isOurs = (side: Account) => side.destination === destination && isReported(side.bucket);
  return group.flatMap(({ from, to, quantity }) => [
    ...(isOurs(from) ? [{ bucket: from.bucket as ReportedBucket, quantity: -quantity }] : []),
    ...(isOurs(to) ? [{ bucket: to.bucket as ReportedBucket, quantity }] : []),
  ]);
}

/** Movements between the same two kinds of total as one; there and back again leaves nothing. */
function moves(group: readonly MovementRow[]): Move[] {
  const sums = new Map<string, Move>();
  for (const { from, to, quantity } of group) {
    const isBack = sums.has(pairKey(to, from));
    const key = isBack ? pairKey(to, from) : pairKey(from, to);
    const known = sums.get(key) ?? { from: side(from), to: side(to), quantity: 0 };
    sums.set(key, { ...known, quantity: known.quantity + (isBack ? -quantity : quantity) });
  }
  return [...sums.values()]
    .filter(({ quantity }) => quantity !== 0)
    .map((move) => (move.quantity > 0 ? move : { from: move.to, to: move.from, quantity: -move.quantity }));
}

function side({ bucket, destination }: Account): Side {
  return { bucket, destination };
}

function pairKey(from: Account, to: Account): string {
  return [from, to].map(({ bucket, destination }) => `${bucket}/${destination}`).join(' ');
}

function isReported(bucket: Bucket): bucket is ReportedBucket {
  return (REPORTED_BUCKETS as readonly string[]).includes(bucket);
}

function consignmentOf(stream: string): { consignment?: string } {
  return stream.startsWith('consignment-') ? { consignment: stream.slice('consignment-'.length) } : {};
}
