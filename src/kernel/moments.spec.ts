// kernel: points in time as people write them.
import fc from 'fast-check';
import { instant, isMoment, moment, refuseFuture, upTo } from './moments.js';

describe('a moment', () => {
  it.each`
    written                            | instant
    ${'2020-03-31'}                    | ${'2020-03-31T00:00:00.000Z'}
    ${'2020-02-29'}                    | ${'2020-02-29T00:00:00.000Z'}
    ${'2000-02-29'}                    | ${'2000-02-29T00:00:00.000Z'}
    ${'1969-12-31'}                    | ${'1969-12-31T00:00:00.000Z'}
    ${'2020-03-31T21:30Z'}             | ${'2020-03-31T21:30:00.000Z'}
    ${'2020-03-31T21:30+02:00'}        | ${'2020-03-31T19:30:00.000Z'}
    ${'2020-03-31T21:30:15+02:00'}     | ${'2020-03-31T19:30:15.000Z'}
    ${'2020-03-31T21:30:15.5-05:00'}   | ${'2020-04-01T02:30:15.500Z'}
    ${'2020-03-31T21:30:15.123+05:45'} | ${'2020-03-31T15:45:15.123Z'}
    ${'2020-03-31T00:00+14:00'}        | ${'2020-03-30T10:00:00.000Z'}
    ${'2020-03-31T23:59-12:00'}        | ${'2020-04-01T11:59:00.000Z'}
  `('may be written $written', ({ written, instant: meant }) => {
    expect(isMoment(written)).toBe(true);
    expect(instant(written)).toBe(Date.parse(meant));
    expect(instant(moment(written))).toBe(Date.parse(meant));
  });

  it.each`
    wrong                       | written
    ${'no leap day'}            | ${'2021-02-29'}
    ${'no leap day'}            | ${'1900-02-29'}
    ${'no such day'}            | ${'2020-04-31'}
    ${'no such month'}          | ${'2020-13-01'}
    ${'no day 0'}               | ${'2020-03-00'}
    ${'no such hour'}           | ${'2020-03-31T25:00Z'}
    ${'no such minute'}         | ${'2020-03-31T12:60Z'}
    ${'no leap second'}         | ${'2016-12-31T23:59:60Z'}
    ${'no offset'}              | ${'2020-03-31T12:00'}
    ${'no offset'}              | ${'2020-03-31T12:00:00.000'}
    ${'half an offset'}         | ${'2020-03-31T12:00+02'}
    ${'no colon in the offset'} | ${'2020-03-31T12:00+0200'}
    ${'a space for the T'}      | ${'2020-03-31 12:00Z'}
    ${'small letters'}          | ${'2020-03-31t12:00z'}
    ${'too fine'}               | ${'2020-03-31T12:00:00.0001Z'}
    ${'no minutes'}             | ${'2020-03-31T12Z'}
    ${'one digit'}              | ${'2020-3-31'}
    ${'two digits of a year'}   | ${'20-03-31'}
    ${'a year of five digits'}  | ${'12020-03-31'}
    ${'another order'}          | ${'31/03/2020'}
    ${'a month'}                | ${'2020-03'}
    ${'a week date'}            | ${'2020-W14-2'}
    ${'spaces around'}          | ${' 2020-03-31'}
    ${'a line behind'}          | ${'2020-03-31\n'}
    ${'words'}                  | ${'yesterday'}
    ${'nothing'}                | ${''}
    ${'a number'}               | ${1585612800000}
    ${'a date object'}          | ${new Date(0)}
    ${'nothing at all'}         | ${undefined}
  `('is not $written: $wrong', ({ written }) => {
    expect(isMoment(written)).toBe(false);
  });

  it('keeps its offset; a date alone is its first instant in UTC', () => {
    expect(moment('2020-03-31T21:30+02:00')).toBe('2020-03-31T21:30+02:00');
    expect(moment('2020-03-31')).toBe('2020-03-31T00:00:00Z');
  });
});

describe('a limit', () => {
  it.each`
    limit                       | timeZone              | includes
    ${'2020-03-31'}             | ${undefined}          | ${'2020-03-31T23:59:59.999Z'}
    ${'2020-03-31'}             | ${'UTC'}              | ${'2020-03-31T23:59:59.999Z'}
    ${'2020-03-31'}             | ${'Europe/Brussels'}  | ${'2020-03-31T21:59:59.999Z'}
    ${'2020-01-31'}             | ${'Europe/Brussels'}  | ${'2020-01-31T22:59:59.999Z'}
    ${'2020-03-29'}             | ${'Europe/Brussels'}  | ${'2020-03-29T21:59:59.999Z'}
    ${'2020-10-25'}             | ${'Europe/Brussels'}  | ${'2020-10-25T22:59:59.999Z'}
    ${'2020-03-31'}             | ${'Asia/Shanghai'}    | ${'2020-03-31T15:59:59.999Z'}
    ${'2020-03-31'}             | ${'America/New_York'} | ${'2020-04-01T03:59:59.999Z'}
    ${'2020-02-29'}             | ${'UTC'}              | ${'2020-02-29T23:59:59.999Z'}
    ${'1969-12-31'}             | ${'UTC'}              | ${'1969-12-31T23:59:59.999Z'}
    ${'2020-03-31T12:00Z'}      | ${undefined}          | ${'2020-03-31T12:00:00.000Z'}
    ${'2020-03-31T12:00Z'}      | ${'Asia/Shanghai'}    | ${'2020-03-31T12:00:00.000Z'}
    ${'2020-03-31T12:00+02:00'} | ${'Asia/Shanghai'}    | ${'2020-03-31T10:00:00.000Z'}
  `('of $limit in $timeZone includes $includes, and nothing after it', ({ limit, timeZone, includes }) => {
    expect(new Date(upTo('until', limit, timeZone)).toISOString()).toBe(includes);
  });

  it('that is no moment is named by its field', () => {
    const wrong = { code: 'INVALID', problems: [{ field: 'knownAt', value: 'yesterday' }] };
    expect(() => upTo('knownAt', 'yesterday')).toThrow(expect.objectContaining({ code: 'INVALID' }));
    expect(thrownBy(() => upTo('knownAt', 'yesterday'))).toMatchObject(wrong);
  });

  it('in a time zone that is none is named too', () => {
    expect(thrownBy(() => upTo('until', '2020-03-31', 'Europe/Luettich'))).toMatchObject({
      problems: [{ field: 'timeZone', value: 'Europe/Luettich' }],
    });
  });
});

it('an instant is that of its own text, whatever was read before', () => {
  const days = ['2020-03-30', '2020-03-31', '2020-03-31T00:00Z', '2020-03-31T00:00+02:00', '2020-04-01', '2020-04-02'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...days), { maxLength: 30 }), (read) => {
      expect(read.map(instant)).toEqual(read.map((text) => Date.parse(text)));
    }),
  );
});

describe('a clock at noon', () => {
  const noon = new Date('2020-03-31T12:00:00.000Z');

  it.each`
    happenedAt                  | reportedAt
    ${'2020-03-31T12:00Z'}      | ${undefined}
    ${'2020-03-31T12:05Z'}      | ${undefined}
    ${'2020-03-31T14:05+02:00'} | ${undefined}
    ${'1999-01-01'}             | ${undefined}
    ${'2020-03-31'}             | ${'2020-03-31T12:00Z'}
  `('lets pass what happened at $happenedAt and was reported at $reportedAt', (times) => {
    expect(() => refuseFuture(times, noon)).not.toThrow();
  });

  it.each`
    happenedAt                    | reportedAt                    | field
    ${'2020-03-31T12:05:00.001Z'} | ${undefined}                  | ${'happenedAt'}
    ${'2020-04-01'}               | ${undefined}                  | ${'happenedAt'}
    ${'2020-03-31T12:00-01:00'}   | ${undefined}                  | ${'happenedAt'}
    ${'2020-03-31'}               | ${'2020-03-31T12:00:00.001Z'} | ${'reportedAt'}
    ${'2020-03-31'}               | ${'2020-04-01'}               | ${'reportedAt'}
  `('refuses what happened at $happenedAt and was reported at $reportedAt', ({ happenedAt, reportedAt, field }) => {
    expect(thrownBy(() => refuseFuture({ happenedAt, reportedAt }, noon))).toMatchObject({
      code: 'INVALID',
      problems: [{ field }],
    });
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('Nothing was thrown.');
}
