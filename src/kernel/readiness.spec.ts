// kernel: a house on its way to be ready.
import { inWords, Readiness } from './readiness.js';

describe('a house that was just opened', () => {
  it('is not ready before somebody says so', () => {
    const readiness = new Readiness();
    expect([readiness.state, readiness.share]).toEqual(['rebuilding', 0]);
    expect(readiness.work).toEqual({ what: 'starting', position: 0, of: 0, served: false });
  });
});

describe('a house that rebuilds its reports', () => {
  it.each([
    // position, of, share
    [0, 0, 0],
    [0, 400, 0],
    [100, 400, 0.25],
    [400, 400, 1],
    [401, 400, 1],
  ])('is, at position %d of %d, at %d', (position, of, share) => {
    const readiness = new Readiness();
    readiness.begin('rebuilding every report');
    readiness.progress(position, of);
    expect(readiness.state).toBe('rebuilding');
    expect(readiness.work).toEqual({ what: 'rebuilding every report', position, of, served: false });
    expect(readiness.share).toBe(share);
  });
});

describe('a house that is ready', () => {
  it('has nothing left to do, whoever still tells of progress', () => {
    const readiness = new Readiness();
    readiness.ready();
    readiness.progress(1, 2);
    expect([readiness.state, readiness.share, readiness.work]).toEqual(['ready', 1, undefined]);
  });

  it('is not ready any more when work begins again, from nothing', () => {
    const readiness = new Readiness();
    readiness.begin('the first time');
    readiness.progress(5, 5);
    readiness.ready();
    readiness.begin('the second time');
    expect(readiness.work).toEqual({ what: 'the second time', position: 0, of: 0, served: false });
  });

  it('stays ready while work goes on beside it', () => {
    const readiness = new Readiness();
    readiness.begin('rebuilding every report', { served: true });
    readiness.progress(1, 4);
    expect([readiness.state, readiness.share]).toEqual(['ready', 0.25]);
    expect(inWords(readiness.work!)).toBe('rebuilding every report, 25 % of the log');
  });
});
