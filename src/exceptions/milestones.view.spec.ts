// exceptions: the milestones of any dates are what the log says of these dates.
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { Streams } from '../goods-ledger/streams.js';
import type { Delivered } from '../kernel/delivered.js';
import { isCorrection } from '../kernel/corrections.js';
import type { Fact, Recorded } from '../kernel/recorded.js';
import { standingAsOf } from '../kernel/standing.js';
import { milestoneOf, type WatchedFact } from './milestone.js';
import { MilestonesView } from './milestones.view.js';

const STREAM = 'consignment-C-1';
const onDay = (day: number) => new Date(Date.UTC(2020, 2, day)).toISOString();

/** What happens at step `position` of a history: an arrival, or the correction of an earlier step. */
interface Step {
  readonly happened: number;
  readonly reported: number;
  /** Which earlier entry is wrong; none for a fact. */
  readonly wrong?: number | undefined;
  /** The day it happened instead; none when it did not occur. */
  readonly instead?: number | undefined;
}

const place = (day: number) => ({ type: 'ConsignmentArrived', data: { consignment: 'C-1', place: `P${day}` } });

function history(steps: readonly Step[]): Recorded[] {
  const entries: Recorded[] = [];
  for (const [index, { happened, reported, wrong, instead }] of steps.entries()) {
    const said =
      wrong === undefined || index === 0 ? place(happened) : correction(entries[wrong % index]!, instead, entries);
    const times = { happenedAt: onDay(happened), reportedAt: onDay(reported), recordedAt: onDay(40) };
    const where = { id: `e${index}`, stream: STREAM, version: index, position: index + 1, schema: 1 };
    entries.push({ ...said, ...times, ...where } as unknown as Recorded);
  }
  return entries;
}

/** As the house words it: a correction of a correction restates that one, and through it the fact. */
function correction(wrong: Recorded, instead: number | undefined, entries: readonly Recorded[]): Fact {
  const data = { wrongEventId: wrong.id, reason: 'incorrect_data', note: '' };
  if (instead === undefined) return { type: 'EntryCorrected', data };
  const fact = isCorrection<Fact>(wrong)
    ? correction(
        entries.find(({ id }) => id === wrong.data.wrongEventId)!,
        instead,
        entries,
      )
    : place(instead);
  return { type: 'EntryCorrected', data: { ...data, restated: { happenedAt: onDay(instead), schema: 1, fact } } };
}

function delivered(entries: readonly Recorded[]): Delivered[] {
  return entries.map((entry, index) =>
    isCorrection(entry as never) ? { entry, history: entries.slice(0, index + 1) } : { entry },
  );
}

/** A view in a database of its own that has heard the first entries of a history. */
function viewOf(entries: readonly Recorded[]): { db: DatabaseSync; view: MilestonesView } {
  const db = new DatabaseSync(':memory:');
  db.exec(Streams.tables + MilestonesView.tables + MilestonesView.indices);
  const view = new MilestonesView(db);
  for (const one of delivered(entries)) view.apply(one);
  return { db, view };
}

const days = fc.integer({ min: 1, max: 9 });
const steps = fc.array(
  fc.record({
    ...{ happened: days, reported: days },
    wrong: fc.option(fc.nat(20), { nil: undefined }),
    instead: fc.option(days, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('milestones', () => {
  it('are the facts that stand, for any two dates, however often corrections are corrected', () => {
    fc.assert(
      fc.property(
        steps,
        fc.option(days, { nil: undefined }),
        fc.option(days, { nil: undefined }),
        (given, until, known) => {
          const entries = history(given);
          const { db, view } = viewOf(entries);
          const limits = {
            ...(until && { until: Date.parse(onDay(until)) }),
            ...(known && { knownAt: Date.parse(onDay(known)) }),
          };
          const expected = standingAsOf<WatchedFact>(entries, limits).map((fact) => [
            ...[fact.position, Date.parse(fact.happenedAt), Date.parse(fact.reportedAt), milestoneOf(fact).to],
          ]);
          const found = view.ofRecord(limits, STREAM);
          db.close();
          const byPosition = found.sort((a, b) => a.position - b.position);
          expect(byPosition.map(({ position, happened, reported, to }) => [position, happened, reported, to])).toEqual(
            expected,
          );
        },
      ),
    );
  });

  it('close with the report of a correction, and open anew, marked', () => {
    const { db } = viewOf(
      history([
        { happened: 1, reported: 2 },
        { happened: 5, reported: 6, wrong: 0, instead: 3 },
      ]),
    );
    const rows = db
      .prepare('SELECT to_place, known_from, known_until, corrected FROM milestones ORDER BY known_from')
      .all();
    db.close();
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['P1', Date.parse(onDay(2)), Date.parse(onDay(6)), 0],
      ['P3', Date.parse(onDay(6)), 8_640_000_000_000_000, 1],
    ]);
  });

  it('say what a delivery handed over while nobody has signed for it', () => {
    const details = (proof: string) => {
      const lines = [{ item: 'MASK', accepted: 3 }];
      const data = { country: 'IT', recipient: 'ORG-IT-1', proof, pod: 'POD-7', lines };
      return milestoneOf({ type: 'GoodsDelivered', data } as unknown as WatchedFact).details;
    };
    const goods = [{ item: 'MASK', quantity: 3 }];
    expect(details('reported')).toEqual({ document: 'POD-7', recipient: 'ORG-IT-1', goods });
    expect(details('confirmed')).toEqual({ document: 'POD-7' });
  });

  it('of lots and routes are never reported late', () => {
    const { db, view } = viewOf([]);
    const [source, happenedAt, reportedAt] = ['', onDay(1), onDay(20)];
    const times = { happenedAt, reportedAt, recordedAt: reportedAt };
    const told: [stream: string, type: string, data: object][] = [
      ['lot-MASK-L1', 'LotHeld', { item: 'MASK', lot: 'L1', reason: 'torn', source }],
      ['catalogue-route-CN-IT', 'RouteRegistered', { from: 'CN', to: 'IT', targetHours: 72, source }],
      ['hub-BELGG', 'StockCounted', { hub: 'BELGG', lines: [], source }],
      ['consignment-C-1', 'ConsignmentArrived', { place: 'BELGG', source }],
    ];
    for (const [index, [stream, type, data]] of told.entries()) {
      view.apply({ entry: { ...times, stream, type, data, position: index + 1 } as unknown as Recorded });
    }
    const late = view.reportedLate({}).map(({ stream }) => stream);
    db.close();
    expect(late).toEqual(['hub-BELGG', 'consignment-C-1']);
  });

  it.each<[question: string, index: string, ask: (view: MilestonesView) => unknown]>([
    ['of a record', 'milestones_by_stream', (view) => view.ofRecord({}, STREAM)],
    ['of lots', 'milestones_by_kind', (view) => view.ofKinds({}, ['lot-held', 'lot-recalled', 'lot-released'])],
    ['of slow dispatches', 'milestones_by_kind', (view) => view.slowDispatches({}, 1, 2)],
    ['without a proof', 'milestones_to_watch', (view) => view.toWatch({}, 'unconfirmed')],
    ['reported late', 'milestones_reported_late', (view) => view.reportedLate({})],
  ])('%s are found through %s', (_, index, ask) => {
    const { db, view } = viewOf([]);
    const prepare = jest.spyOn(db, 'prepare');
    ask(view);
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${prepare.mock.calls[0]![0]}`).all();
    const steps = plan.map(({ detail }) => String(detail));
    db.close();
    expect(steps.join()).toContain(index);
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
  });
});
