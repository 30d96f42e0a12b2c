// What the bench says of a goal.
import { describe, expect, it } from '@jest/globals';
import { atLeast, atMost, inTheLarge, NOT_MEASURED, NOT_MET, share, timesPeer, verdict } from '../../bench/goals.ts';
import type { FigureName, Row } from '../../bench/rows.ts';
import { linesOf, summaryOf, tableOf } from '../../bench/table.ts';
import { measured } from '../../bench/trial.ts';

const EVENTS = 100_000;

describe('a goal', () => {
  it.each([
    [atLeast(200), { ours: 200 }, 'met'],
    [atLeast(200), { ours: 199 }, NOT_MET],
    [atMost(5), { ours: 5 }, 'met'],
    [atMost(5), { ours: 5.1 }, NOT_MET],
    [share(60), { ours: 60, limit: 100 }, 'met'],
    [share(60), { ours: 59, limit: 100 }, NOT_MET],
    [timesPeer(15), { ours: 150, peer: 10 }, 'met'],
    [timesPeer(15), { ours: 149, peer: 10 }, NOT_MET],
  ])('%o of %o is %s', (goal, seen, expected) => {
    expect(verdict(goal, seen, EVENTS)).toBe(expected);
  });

  it('is not measured where the limit, the peer or our own figure is missing', () => {
    expect(verdict(share(60), { ours: 100 }, EVENTS)).toBe(NOT_MEASURED);
    expect(verdict(timesPeer(15), { ours: 100, limit: 1 }, EVENTS)).toBe(NOT_MEASURED);
    expect(verdict(atMost(5), undefined, EVENTS)).toBe(NOT_MEASURED);
  });

  it('stated for ten million events is met only with so many, and missed with fewer too', () => {
    expect(verdict(inTheLarge(atMost(5)), { ours: 4 }, EVENTS)).toBe('met at 100,000');
    expect(verdict(inTheLarge(atMost(5)), { ours: 4 }, 10_000_000)).toBe('met');
    expect(verdict(inTheLarge(atMost(5)), { ours: 6 }, EVENTS)).toBe(NOT_MET);
  });
});

describe('the table', () => {
  const figures = new Map<FigureName, number[]>([
    ['rawBulk.perSecond', [90, 100, 120]],
    ['bulk.perSecond', [50, 40, 60]],
    ['reports.now', [8, 6, 10]],
    ['reportsStandard.now', [4, 2, 5]],
  ]);
  const find = (name: FigureName) => {
    const values = figures.get(name);
    return values && measured(values);
  };
  const bulk: Row = {
    ...{ group: 'append', what: 'Bulk', unit: 'events/s', limit: 'rawBulk.perSecond', ours: 'bulk.perSecond' },
    goals: [share(60), timesPeer(2)],
  };
  const growth: Row = {
    ...{ group: 'views', what: 'Growth', unit: '×', ours: 'reports.now', dividedBy: 'reportsStandard.now' },
    goals: [atMost(2)],
  };

  it('shows medians with their extremes, ratios of medians, and a verdict for each goal', () => {
    const [, , line] = tableOf(linesOf([bulk], find, EVENTS)).split('\n');
    expect(line!.split('|').map((cell) => cell.trim())).toEqual(
      expect.arrayContaining(['100 (90–120)', '–', '50 (40–60)', '0.50', 'NOT MET; not measured']),
    );
  });

  it('divides one figure by another', () => {
    const [line] = linesOf([growth], find, EVENTS);
    expect(line!.ours).toEqual({ median: 2, min: 6 / 5, max: 10 / 2, runs: 3 });
    expect(line!.verdicts).toEqual(['met']);
  });

  it('shows no figure where one of the two is missing', () => {
    const [line] = linesOf([{ ...growth, dividedBy: 'reportsStandard.asOf' }], find, EVENTS);
    expect(line!.ours).toBeUndefined();
    expect(line!.verdicts).toEqual([NOT_MEASURED]);
  });

  it('counts every goal once', () => {
    expect(summaryOf(linesOf([bulk, growth], find, EVENTS))).toBe('Goals: 3. Met: 1. Not met: 1. Not measured: 1.');
  });
});
