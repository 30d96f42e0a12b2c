// exchange: what the person reads who sent the file.
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { ImportResult, RowResult } from './import-result.js';
import { renderReport, reportCsv } from './import-report.js';

const accepted = (row: number): RowResult => ({
  row,
  line: row,
  key: `A-${row}`,
  facts: ['arrival'],
  outcome: 'accepted',
});
const refused = (row: number): RowResult => {
  return {
    ...accepted(row),
    outcome: 'refused',
    code: 'INVALID',
    columns: ['quantity'],
    message: 'quantity must be a whole number (was -5)',
  };
};
const result = (results: RowResult[]): ImportResult => {
  const count = (outcome: string) => results.filter((one) => one.outcome === outcome).length;
  const counts = {
    accepted: count('accepted'),
    alreadyThere: count('already there'),
    refused: count('refused'),
    cancelled: count('cancelled'),
  };
  return { rows: results.length, facts: counts.accepted, ...counts, results };
};
const many = (count: number, of: (row: number) => RowResult, from = 2) =>
  Array.from({ length: count }, (_, index) => of(from + index));

describe('the report', () => {
  it('of a small file says what became of each row', () => {
    const there: RowResult = { ...accepted(10), outcome: 'already there' };
    expect(renderReport(result([accepted(9), there, refused(11)])).split('\n')).toEqual([
      'row  9: accepted:      arrival A-9',
      'row 10: already there: arrival A-10',
      'row 11: refused:       quantity must be a whole number (was -5)',
      '3 rows: 1 accepted, 1 already there, 1 refused; 1 fact recorded.',
    ]);
  });

  it('of a big file lists refused rows only', () => {
    expect(renderReport(result([...many(1000, accepted), refused(1002)])).split('\n')).toEqual([
      'row 1002: refused: quantity must be a whole number (was -5)',
      '1,001 rows: 1,000 accepted, 0 already there, 1 refused; 1,000 facts recorded.',
    ]);
  });

  it('of many refused rows lists the first fifty and says where the others are', () => {
    const lines = renderReport(result(many(1234, refused))).split('\n');
    expect(lines).toHaveLength(52);
    expect(lines[50]).toBe('… and 1,184 more: --report FILE writes all');
  });

  it('of a dry run says what would be', () => {
    expect(renderReport(result([accepted(2), refused(3)]), { dryRun: true }).split('\n')).toEqual([
      'row 2: would be accepted: arrival A-2',
      'row 3: would be refused:  quantity must be a whole number (was -5)',
      '2 rows: 1 would be accepted, 0 already there, 1 would be refused; 1 fact would be recorded.',
    ]);
  });

  it('of an import that was stopped says how many rows were not tried', () => {
    expect(renderReport(result([accepted(2), { ...accepted(3), outcome: 'cancelled' }]))).toContain(
      '0 refused, 1 not tried; 1 fact recorded.',
    );
  });
});

describe('the report as CSV', () => {
  it('holds every row', () => {
    const rows: unknown = parse(reportCsv(result([accepted(2), refused(3)])), { columns: true });
    expect(rows).toEqual([
      { row: '2', line: '2', entry: 'A-2', facts: 'arrival', result: 'accepted', code: '', columns: '', message: '' },
      {
        ...{
          row: '3',
          line: '3',
          entry: 'A-3',
          facts: 'arrival',
          result: 'refused',
          code: 'INVALID',
          columns: 'quantity',
        },
        message: 'quantity must be a whole number (was -5)',
      },
    ]);
  });

  it('never gives a spreadsheet a formula to run', () => {
    const [row] = parse<{ entry: string }>(reportCsv(result([{ ...accepted(2), key: '=HYPERLINK("x")' }])), {
      columns: true,
    });
    expect(row!.entry).toBe('\'=HYPERLINK("x")');
  });
});
