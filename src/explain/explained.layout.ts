// explain: the entries and what they add up to, for people.
import type { Total } from '../goods-ledger/as-of.js';
import { UNDECIDED } from '../goods-ledger/destination.js';
import { bucketInWords, dateInWords } from '../goods-ledger/in-words.js';
import { instant } from '../kernel/moments.js';
import { grouped } from '../kernel/quantity.js';
import type { AsOfAnswer } from '../nest/as-of.queries.js';
import type { Column, Layout } from '../nest/report.answers.js';
import { differences, isListed, type ExplainedRow, type ListedRow } from './explanation.js';

export function layoutOf(
  from: AsOfAnswer,
  { before, after }: { before: readonly Total[]; after: readonly Total[] },
  timeZone: string | undefined,
): Layout<ExplainedRow> {
  const changed = sums(before, after);
  const limit = (what: string, date: string | null) => (date ? `${what} up to ${date}` : `${what} at any time`);
  return {
    title: `From the totals (${limit('happened', from.until)}, ${limit('known', from.knownAt)}) to these`,
    columns: columns(timeZone),
    notes: [...(changed.length > 0 ? changed : ['The same for all countries together.']), ''],
  };
}

function columns(timeZone: string | undefined): Column<ExplainedRow>[] {
  const date = (of: string) => dateInWords(instant(of), timeZone);
  return [
    {
      heading: 'entry',
      field: 'entry',
      of: listed(({ position }) => String(position)),
      raw: ({ position }) => position,
    },
    { heading: 'about', field: 'about', of: listed(({ about }) => about), csvOnly: true },
    { heading: 'what', field: 'what', of: (row) => (isListed(row) ? row.what : others(row.entries)) },
    { heading: 'reference', field: 'stream', of: listed(({ stream }) => stream) },
    {
      heading: 'who',
      field: 'who',
      of: listed(({ who, channel }) => `${who} by ${channel}`),
      raw: listed(({ who }) => who),
    },
    { heading: 'channel', field: 'channel', of: listed(({ channel }) => channel), csvOnly: true },
    ...(['happened', 'reported', 'recorded'] as const).map((when) => ({
      heading: when,
      field: `${when}At`,
      of: listed((row) => date(row[`${when}At`])),
      raw: listed((row) => row[`${when}At`]),
    })),
    { heading: 'why', field: 'why', of: listed(({ why }) => why) },
    {
      heading: 'country',
      field: 'country',
      of: ({ country, destination }) => country ?? `not decided: ${destination}`,
      raw: ({ country }) => country,
    },
    { heading: 'destination', field: 'destination', of: ({ destination }) => destination, csvOnly: true },
    { heading: 'item', field: 'item', of: ({ item }) => item },
    { heading: 'total', field: 'bucket', of: ({ bucket }) => bucketInWords(bucket), raw: ({ bucket }) => bucket },
    { heading: 'difference', field: 'difference', of: ({ difference }) => difference },
    { heading: 'note', field: 'note', of: listed(({ note }) => note), csvOnly: true },
  ];
}

/** The field of a row that stands for one entry; nothing where a row sums many. */
function listed<Value>(of: (row: ListedRow) => Value): (row: ExplainedRow) => Value | undefined {
  return (row) => (isListed(row) ? of(row) : undefined);
}

function others(entries: number): string {
  return entries === 1 ? '1 more entry' : `${grouped(entries)} more entries`;
}

/** One line for each item and kind of total that changed, all countries together. */
function sums(before: readonly Total[], after: readonly Total[]): string[] {
  const worldwide = (totals: readonly Total[]) => totals.map((total) => ({ ...total, destination: UNDECIDED }));
  return differences(worldwide(before), worldwide(after)).map(
    ({ item, bucket, before, after, difference }) =>
      `${item} ${bucketInWords(bucket)}: ${grouped(before)} → ${grouped(after)} (${signed(difference)}).`,
  );
}

function signed(quantity: number): string {
  return quantity > 0 ? `+${grouped(quantity)}` : grouped(quantity);
}
