// tracking: how whereabouts are shown to people.
import type { CatalogueView } from '../catalogue/catalogue.view.js';
import { dateInWords } from '../goods-ledger/in-words.js';
import type { Column, Layout } from '../nest/report.answers.js';
import type { Papers } from './papers.js';
import type { Names, Whereabouts } from './whereabouts.js';

export function namesIn(catalogue: CatalogueView): Names {
  return {
    unit: (item) => catalogue.one('item', item)?.unit ?? '',
    place: (id) => catalogue.one('place', id)?.name ?? '',
    organisation: (id) => catalogue.one('organisation', id)?.name ?? '',
    country: (id) => catalogue.one('place', id)?.country,
  };
}

/** Columns that say what, where and how many; those that every row of a report shares go into its title. */
export function whereaboutsColumns(shared: 'donation' | 'lot', timeZone?: string): Column<Whereabouts>[] {
  const other: Column<Whereabouts> =
    shared === 'lot'
      ? { heading: 'donation', field: 'donation', of: ({ donation }) => donation }
      : { heading: 'lot', field: 'lot', of: ({ lot }) => lot };
  return [
    { heading: 'item', field: 'item', of: ({ item }) => item },
    other,
    { heading: 'state', field: 'state', of: ({ state }) => state },
    { heading: 'bucket', field: 'bucket', of: ({ bucket }) => bucket, csvOnly: true },
    {
      heading: 'where',
      field: 'holder',
      of: ({ holder }) => `${holder.id} ${holder.name}`.trim(),
      raw: ({ holder }) => holder.id,
    },
    { heading: 'holder is', field: 'holderKind', of: ({ holder }) => holder.kind, csvOnly: true },
    { heading: 'for', field: 'destination', of: ({ destination }) => destination },
    {
      heading: 'since',
      field: 'since',
      of: ({ since }) => dateInWords(Date.parse(since), timeZone),
      raw: ({ since }) => since,
    },
    ...papersColumns<Whereabouts>(),
    { heading: 'unit', field: 'unit', of: ({ unit }) => unit },
    { heading: 'quantity', field: 'quantity', of: ({ quantity }) => quantity },
  ];
}

/** The numbers that goods travelled under. */
export function papersColumns<Row extends Papers>(): Column<Row>[] {
  const headings = {
    consignments: 'consignments',
    waybills: 'waybill',
    mrns: 'MRN',
    grns: 'GRN',
    pods: 'PoD',
  } as const;
  return (Object.keys(headings) as (keyof Papers)[]).map((field) => {
    return { heading: headings[field], field, of: (row) => row[field].join(', ') };
  });
}

/** A table without the columns that say nothing in any row, and a note that names them; the CSV file has them all. */
export function layoutOf<Row>(
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  notes: readonly string[] = [],
): Layout<Row> {
  const empty = columns.filter((column) => !column.csvOnly && rows.every((row) => column.of(row) === ''));
  const missing = `Not recorded: ${empty.map(({ heading }) => heading).join(', ')}.`;
  return {
    title,
    columns: columns.map((column) => (empty.includes(column) ? { ...column, csvOnly: true } : column)),
    notes: [...(rows.length > 0 && empty.length > 0 ? [missing] : []), ...notes],
  };
}
