// statement: opening, movements and closing as one list, for people and spreadsheets.
import { REPORTED_BUCKETS, type ReportedBucket } from '../goods-ledger/account.js';
import { isCountry, type Destination } from '../goods-ledger/destination.js';
import { bucketInWords, dateInWords } from '../goods-ledger/in-words.js';
import { instant } from '../kernel/moments.js';
import { grouped } from '../kernel/quantity.js';
import type { Column, Layout } from '../nest/report.answers.js';
import type { Documents } from './documents.js';
import type { Balance, Move, StatementRow } from './statement.js';

interface BalanceLine extends Balance {
  readonly line: 'opening' | 'closing';
  readonly at: string;
}

type MovementLine = StatementRow & { readonly line: 'movement' };

export type StatementLine = BalanceLine | MovementLine;

interface Parts {
  readonly from: string;
  readonly opening: readonly Balance[];
  readonly rows: readonly StatementRow[];
  readonly closing: readonly Balance[];
}

export function linesOf({ from, opening, rows, closing }: Parts, to: string): StatementLine[] {
  return [
    ...opening.map((balance) => ({ line: 'opening' as const, at: from, ...balance })),
    ...rows.map((row) => ({ line: 'movement' as const, ...row })),
    ...closing.map((balance) => ({ line: 'closing' as const, at: to, ...balance })),
  ];
}

export function layoutOf(destination: Destination, from: string, timeZone: string | undefined): Layout<StatementLine> {
  return {
    title: `Statement for ${isCountry(destination) ? destination : `goods not decided (${destination})`} from ${from}`,
    columns: [...columns(destination, timeZone), ...REPORTED_BUCKETS.map(quantityColumn)],
    notes: ['Opening and movements add up to closing, column by column.'],
  };
}

function columns(destination: Destination, timeZone: string | undefined): Column<StatementLine>[] {
  const date = (of: string) => dateInWords(instant(of), timeZone);
  return [
    { heading: 'line', field: 'line', of: ({ line }) => line, csvOnly: true },
    {
      heading: 'happened',
      field: 'happenedAt',
      of: (line) => (isMovement(line) ? date(line.happenedAt) : ''),
      raw: (line) => (isMovement(line) ? line.happenedAt : line.at),
    },
    {
      heading: 'reported',
      field: 'reportedAt',
      of: moved((row) => date(row.reportedAt)),
      raw: moved((row) => row.reportedAt),
    },
    { heading: 'recorded', field: 'recordedAt', of: moved((row) => row.recordedAt), csvOnly: true },
    { heading: 'what', field: 'what', of: (line) => (isMovement(line) ? line.what : `${line.line} balance`) },
    { heading: 'correction', field: 'correction', of: moved((row) => (row.correction ? 'yes' : 'no')), csvOnly: true },
    {
      heading: 'entry',
      field: 'entry',
      of: moved((row) => String(row.position)),
      raw: moved((row) => row.position),
    },
    { heading: 'about', field: 'about', of: moved((row) => row.about), csvOnly: true },
    { heading: 'reference', field: 'stream', of: moved((row) => row.stream) },
    ...(['consignment', 'donation', 'hub', 'recipient'] as const).map((field) => ({
      ...{ heading: field, field, of: moved((row) => row[field]), csvOnly: true },
    })),
    { heading: 'documents', field: 'documents', of: moved(({ documents }) => documentsInWords(documents)) },
    ...(['grn', 'pod', 'waybill', 'mrn', 'source'] as const).map((field) => ({
      ...{ heading: field, field, of: moved(({ documents }) => documents[field]), csvOnly: true },
    })),
    { heading: 'moved', field: 'moved', of: moved(({ moves }) => movesInWords(moves, destination)) },
    { heading: 'item', field: 'item', of: ({ item }) => item },
    { heading: 'unit', field: 'unit', of: ({ unit }) => unit },
    { heading: 'lots', field: 'lots', of: moved(({ lots }) => lots.join(' ')), csvOnly: true },
    { heading: 'note', field: 'note', of: moved(({ note }) => note), csvOnly: true },
  ];
}

function quantityColumn(bucket: ReportedBucket): Column<StatementLine> {
  return {
    ...{ heading: bucketInWords(bucket), field: bucket, zeroHides: true },
    of: ({ quantities }) => quantities[bucket] ?? 0,
  };
}

function isMovement(line: StatementLine): line is MovementLine {
  return line.line === 'movement';
}

/** The field of a movement; nothing where a balance stands. */
function moved<Value>(of: (row: StatementRow) => Value): (line: StatementLine) => Value | undefined {
  return (line) => (isMovement(line) ? of(line) : undefined);
}

function documentsInWords({ grn, pod, waybill, mrn }: Documents): string {
  const numbers = Object.entries({ GRN: grn, PoD: pod, waybill, MRN: mrn }).filter(
    ([, number]) => number !== undefined,
  );
  return numbers.map(([name, number]) => `${name} ${number}`).join(', ');
}

/** `in transit → at hub 480`; the other destination is named where goods change theirs. */
function movesInWords(moves: readonly Move[], destination: Destination): string {
  const side = ({ bucket, destination: whose }: Move['from']) => {
    const isOther = whose !== destination && bucket !== 'donor' && bucket !== 'promised';
    return bucketInWords(bucket) + (isOther ? ` for ${whose}` : '');
  };
  return moves.map(({ from, to, quantity }) => `${side(from)} → ${side(to)} ${grouped(quantity)}`).join('; ');
}
