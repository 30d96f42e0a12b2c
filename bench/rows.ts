// bench: the rows of the table: what is compared with what, and the goals of the architecture.
import type { Measured } from './trial.ts';
import type { TrialName } from './trials.ts';

/** A figure of a trial. */
export type FigureName = `${TrialName}.${string}`;

export interface Goal {
  readonly text: string;
  met(ours: number, limit: number): boolean;
}

export interface Row {
  readonly group: string;
  readonly what: string;
  readonly unit: string;
  readonly limit?: FigureName;
  readonly ours: FigureName;
  readonly goal?: Goal;
}

export type Find = (name: FigureName) => Measured | undefined;

const atLeast = (figure: number): Goal => ({
  text: `≥ ${figure.toLocaleString('en-GB')}`,
  met: (ours) => ours >= figure,
});
const atMost = (figure: number): Goal => ({
  text: `≤ ${figure.toLocaleString('en-GB')}`,
  met: (ours) => ours <= figure,
});
const share = (percent: number): Goal => ({
  text: `≥ ${percent} % of the limit`,
  met: (ours, limit) => ours >= (limit * percent) / 100,
});

const append = (what: string, row: Omit<Row, 'group' | 'what'>): Row => ({ group: 'append', what, ...row });

export const ROWS: readonly Row[] = [
  append('Durable append, one writer', {
    ...{ unit: 'events/s', limit: 'rawOneWriter.perSecond', ours: 'oneWriter.perSecond', goal: share(60) },
  }),
  append('Durable append, 200 writers', {
    ...{ unit: 'events/s', limit: 'rawManyWriters.perSecond', ours: 'manyWriters.perSecond', goal: share(60) },
  }),
  append('… half of them within', { unit: 'ms', limit: 'rawManyWriters.p50', ours: 'manyWriters.p50' }),
  append('… 99 % of them within', { unit: 'ms', limit: 'rawManyWriters.p99', ours: 'manyWriters.p99' }),
  append('Durable append in bulk', { unit: 'events/s', limit: 'rawBulk.perSecond', ours: 'bulk.perSecond' }),
  {
    ...{ group: 'clerk', what: 'Read, fold, decide, append: one caller', unit: 'commands/s' },
    ...{ limit: 'rawOneWriter.perSecond', ours: 'oneCaller.perSecond' },
  },
  {
    ...{ group: 'clerk', what: 'Read, fold, decide, append: 200 callers', unit: 'commands/s' },
    ...{ limit: 'rawManyWriters.perSecond', ours: 'manyCallers.perSecond' },
  },
  { group: 'clerk', what: '… 99 % of them within', unit: 'ms', ours: 'manyCallers.p99' },
  ...[1, 10, 100].flatMap((connections): Row[] => [
    {
      ...{ group: 'http', what: `POST a delivery, ${connections} at a time`, unit: 'requests/s' },
      ...{ limit: `bareApp.perSecond${connections}`, ours: `house.perSecond${connections}` },
      ...(connections === 100 && { goal: share(60) }),
    },
    {
      ...{ group: 'http', what: '… 99 % of them within', unit: 'ms' },
      ...{ limit: `bareApp.p99at${connections}`, ours: `house.p99at${connections}` },
      ...(connections === 100 && { goal: atMost(50) }),
    },
  ]),
  {
    ...{ group: 'views', what: 'Rebuild of every view; limit: fold in memory', unit: 'events/s' },
    ...{ limit: 'rawFold.perSecond', ours: 'rebuild.perSecond' },
  },
  {
    ...{ group: 'views', what: 'Rebuild of every view; limit: fold into a table', unit: 'events/s' },
    ...{ limit: 'rawTable.perSecond', ours: 'rebuild.perSecond', goal: atLeast(200_000) },
  },
  {
    ...{ group: 'views', what: '… memory at its peak', unit: 'MiB' },
    ...{ limit: 'rawTable.peakMiB', ours: 'rebuild.peakMiB', goal: atMost(300) },
  },
  { group: 'views', what: 'Country report, now', unit: 'ms', ours: 'reports.now', goal: atMost(5) },
  { group: 'views', what: '… 99 % of them within', unit: 'ms', ours: 'reports.nowP99' },
  { group: 'views', what: 'Country report, as of two dates', unit: 'ms', ours: 'reports.asOf', goal: atMost(5) },
  { group: 'views', what: '… 99 % of them within', unit: 'ms', ours: 'reports.asOfP99' },
  {
    group: 'start',
    what: 'Start to first answered report',
    unit: 'ms',
    ours: 'start.milliseconds',
    goal: atMost(1_000),
  },
  {
    ...{ group: 'import', what: 'Logbook import; limit: raw bulk append', unit: 'rows/s' },
    ...{ limit: 'rawBulk.perSecond', ours: 'importLogbook.perSecond', goal: atLeast(20_000) },
  },
  {
    ...{ group: 'disk', what: 'Disk, events.db', unit: 'bytes/event' },
    ...{ limit: 'rawBulk.bytesAnEvent', ours: 'history.bytesAnEvent', goal: atMost(700) },
  },
];

/** The trials that the rows need, in the order of the rows. */
export function trialsOf(rows: readonly Row[]): TrialName[] {
  const names = rows.flatMap(({ limit, ours }) => [...(limit ? [limit] : []), ours]);
  return [...new Set(names.map((name) => name.split('.')[0] as TrialName))];
}
