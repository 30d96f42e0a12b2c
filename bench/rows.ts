// bench: the rows of the table: what is compared with what, and the goals of the architecture.
import { atLeast, atMost, inTheLarge, none, share, some, timesPeer, type Goal } from './goals.ts';
import type { TrialName } from './trials.ts';

/** A figure of a trial. */
export type FigureName = `${TrialName}.${string}`;

export interface Row {
  readonly group: string;
  readonly what: string;
  readonly unit: string;
  readonly limit?: FigureName;
  readonly peer?: FigureName;
  readonly ours: FigureName;
  /** The row shows ours divided by this figure. */
  readonly dividedBy?: FigureName;
  readonly goals?: readonly Goal[];
  /** Left out of a quick run. */
  readonly thorough?: true;
}

/** How long the loop may stand still, and how long an answer may take. */
const STALL_MS = 20;
const ANSWER_MS = 50;
const REPORT_MS = 5;
const GROWTH = 1.5;

const rowsOf =
  (group: string) =>
  (what: string, unit: string, row: Omit<Row, 'group' | 'what' | 'unit'>): Row => ({ group, what, unit, ...row });

const append = rowsOf('append');
const clerk = rowsOf('clerk');
const views = rowsOf('views');
const loop = rowsOf('loop');
const overload = rowsOf('overload');

export const ROWS: readonly Row[] = [
  append('Durable append, one writer', 'events/s', {
    ...{ limit: 'rawOneWriter.perSecond', peer: 'emmettOneWriter.perSecond', ours: 'oneWriter.perSecond' },
    goals: [share(60)],
  }),
  append('Durable append, 200 writers', 'events/s', {
    ...{ limit: 'rawManyWriters.perSecond', peer: 'emmettManyWriters.perSecond', ours: 'manyWriters.perSecond' },
    goals: [share(60), timesPeer(15)],
  }),
  append('… half of them within', 'ms', {
    ...{ limit: 'rawManyWriters.p50', peer: 'emmettManyWriters.p50', ours: 'manyWriters.p50' },
  }),
  append('… 99 % of them within', 'ms', {
    ...{ limit: 'rawManyWriters.p99', peer: 'emmettManyWriters.p99', ours: 'manyWriters.p99' },
  }),
  append('Durable append, 200 writers, a flush takes 2 ms more', 'events/s', {
    ...{ limit: 'rawManyWritersFlush2.perSecond', peer: 'emmettManyWritersFlush2.perSecond' },
    ours: 'manyWritersFlush2.perSecond',
  }),
  append('Durable append in bulk', 'events/s', {
    ...{ limit: 'rawBulk.perSecond', peer: 'emmettLog.bulkPerSecond', ours: 'bulk.perSecond' },
  }),
  clerk('Read, fold, decide, append: one caller', 'commands/s', {
    ...{ limit: 'rawOneWriter.perSecond', ours: 'oneCaller.perSecond' },
  }),
  clerk('Read, fold, decide, append: 200 callers', 'commands/s', {
    ...{ limit: 'rawManyWriters.perSecond', ours: 'manyCallers.perSecond' },
  }),
  clerk('… 99 % of them within', 'ms', { ours: 'manyCallers.p99' }),
  ...httpRows('', { peer: 'emmettApp', ours: 'house' }),
  ...httpRows(', a flush takes 1 ms more', { peer: 'emmettAppFlush1', ours: 'houseFlush1', thorough: true }),
  ...httpRows(', a flush takes 2 ms more', { peer: 'emmettAppFlush2', ours: 'houseFlush2' }),
  overload('2,000 callers, three times what can be answered: asked', 'requests/s', { ours: 'overload.askedPerSecond' }),
  overload('… recorded; limit: by 100 callers', 'requests/s', {
    ...{ limit: 'overload.capacity', ours: 'overload.recordedPerSecond' },
  }),
  overload('… 99 % of them within', 'ms', { ours: 'overload.p99' }),
  overload('… answered 503 with Retry-After', 'requests/s', { ours: 'overload.refusedPerSecond', goals: [some] }),
  overload('… answered 503 without Retry-After', 'requests', { ours: 'overload.bare503', goals: [none] }),
  overload('… answered anything else, or nothing', 'requests', { ours: 'overload.otherwise', goals: [none] }),
  overload('… answered 201 and not in the log exactly once', 'requests', {
    ...{ ours: 'overload.lost', goals: [none] },
  }),
  views('Rebuild of every view; limit: fold in memory', 'events/s', {
    ...{ limit: 'rawFold.perSecond', ours: 'rebuild.perSecond' },
  }),
  views('Rebuild of every view; limit and Emmett: into one table', 'events/s', {
    ...{ limit: 'rawTable.perSecond', peer: 'emmettLog.projectedPerSecond', ours: 'rebuild.perSecond' },
    goals: [atLeast(200_000), timesPeer(40)],
  }),
  views('… limit: the same rows by hand, nothing read or decided', 'events/s', {
    ...{ limit: 'rawRows.perSecond', ours: 'rebuild.perSecond' },
  }),
  views('… memory at its peak', 'MiB', {
    ...{ limit: 'rawTable.peakMiB', ours: 'rebuild.peakMiB', goals: [inTheLarge(atMost(300))] },
  }),
  views('While 200 writers append: appended', 'events/s', { ours: 'lag.perSecond' }),
  views('… events that the views are behind at worst', 'events', { ours: 'lag.behind' }),
  views('… an event reaches every view within', 'ms', { ours: 'lag.milliseconds' }),
  ...reportRows('Country report, now', 'now', [inTheLarge(atMost(REPORT_MS))]),
  ...reportRows('Country report, as of two dates', 'asOf', [inTheLarge(atMost(REPORT_MS))]),
  views('… the same dates asked again', 'ms', { ours: 'reports.asOfAgain' }),
  ...reportRows('Statement of a country, a week', 'statement'),
  ...reportRows('Explain, a week known a week later', 'explain'),
  views('Country report, now: times the time at 100,000 events', '×', growth('now')),
  views('Country report, as of two dates: times the same', '×', growth('asOf')),
  loop('The loop stands still at most: import', 'ms', {
    ...{ ours: 'importLogbook.stallMs', goals: [atMost(STALL_MS)] },
  }),
  loop('… rebuild', 'ms', { ours: 'rebuild.stallMs', goals: [atMost(STALL_MS)] }),
  loop('… export, GET /events to its end', 'ms', { ours: 'exporting.stallMs', goals: [atMost(STALL_MS)] }),
  loop('… verify', 'ms', { ours: 'verifying.stallMs', goals: [atMost(STALL_MS)] }),
  loop('GET /events to its end', 'events/s', { ours: 'exporting.perSecond' }),
  loop('Verify', 'events/s', { ours: 'verifying.perSecond' }),
  rowsOf('start')('Start to first answered report', 'ms', {
    ...{ ours: 'start.milliseconds', goals: [inTheLarge(atMost(1_000))] },
  }),
  rowsOf('import')('Logbook import; limit: raw bulk append', 'rows/s', {
    ...{ limit: 'rawBulk.perSecond', ours: 'importLogbook.perSecond', goals: [atLeast(20_000)] },
  }),
  rowsOf('disk')('Disk, events.db', 'bytes/event', {
    ...{ limit: 'rawBulk.bytesAnEvent', peer: 'emmettLog.bytesAnEvent', ours: 'history.bytesAnEvent' },
    goals: [atMost(700)],
  }),
];

/** One set of rows for 1, 10 and 100 connections; the goals are stated for 100. */
function httpRows(disk: string, { peer, ours, ...rest }: { peer: TrialName; ours: TrialName; thorough?: true }): Row[] {
  const http = rowsOf('http');
  return [1, 10, 100].flatMap((connections): Row[] => [
    http(`POST a delivery, ${connections} at a time${disk}`, 'requests/s', {
      ...{ limit: `rawApp.perSecond${connections}`, peer: `${peer}.perSecond${connections}` },
      ...{ ours: `${ours}.perSecond${connections}`, ...rest },
      ...(connections === 100 && { goals: [share(60), timesPeer(8)] }),
    }),
    http('… 99 % of them within', 'ms', {
      ...{ limit: `rawApp.p99at${connections}`, peer: `${peer}.p99at${connections}` },
      ...{ ours: `${ours}.p99at${connections}`, ...rest },
      ...(connections === 100 && { goals: [atMost(ANSWER_MS)] }),
    }),
  ]);
}

function reportRows(what: string, figure: string, goals: readonly Goal[] = []): Row[] {
  return [
    views(what, 'ms', { ours: `reports.${figure}`, goals }),
    views('… 99 % of them within', 'ms', { ours: `reports.${figure}P99` }),
  ];
}

function growth(figure: string) {
  const dividedBy: FigureName = `reportsStandard.${figure}`;
  return { ours: `reports.${figure}` as FigureName, dividedBy, goals: [inTheLarge(atMost(GROWTH))] };
}

/** The trials that the rows need, in the order of the rows. */
export function trialsOf(rows: readonly Row[]): TrialName[] {
  const names = rows.flatMap(({ limit, peer, ours, dividedBy }) => [limit, peer, ours, dividedBy]);
  return [...new Set(names.flatMap((name) => (name ? [trialOf(name)] : [])))];
}

export function trialOf(figure: FigureName): TrialName {
  return figure.split('.')[0] as TrialName;
}
