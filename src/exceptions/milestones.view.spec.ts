// exceptions: the milestones of any dates are what the log says of these dates.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
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
  db.exec(MilestonesView.tables + MilestonesView.indices);
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

  it('answer questions through an index', () => {
    const { db } = viewOf([]);
    const plan = (sql: string) =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => row.detail);
    expect(plan(`SELECT * FROM milestones m WHERE m.reported - m.happened > 604800000`).join()).toContain(
      'milestones_reported_late',
    );
    expect(plan(`SELECT * FROM milestones m WHERE m.watch <> '' AND m.watch = 'doubtful'`).join()).toContain(
      'milestones_to_watch',
    );
    db.close();
  });
});
