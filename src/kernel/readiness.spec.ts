// kernel: a house on its way to be ready.
import { Readiness } from './readiness.js';

describe('a house that was just opened', () => {
  it('is not ready before somebody says so', () => {
    const readiness = new Readiness();
    expect([readiness.state, readiness.share]).toEqual(['rebuilding', 0]);
    expect(readiness.rebuilding).toEqual({ what: 'starting', events: 0, of: 0 });
  });
});

describe('a house that rebuilds its reports', () => {
  it.each([
    // events, of, share
    [0, 0, 0],
    [0, 400, 0],
    [100, 400, 0.25],
    [400, 400, 1],
    [401, 400, 1],
  ])('is, with %d of %d events, at %d', (events, of, share) => {
    const readiness = new Readiness();
    readiness.begin('rebuilding every report');
    readiness.progress(events, of);
    expect(readiness.state).toBe('rebuilding');
    expect(readiness.rebuilding).toEqual({ what: 'rebuilding every report', events, of });
    expect(readiness.share).toBe(share);
  });
});

describe('a house that is ready', () => {
  it('has nothing left to do, whoever still tells of progress', () => {
    const readiness = new Readiness();
    readiness.ready();
    readiness.progress(1, 2);
    expect([readiness.state, readiness.share, readiness.rebuilding]).toEqual(['ready', 1, undefined]);
  });

  it('is not ready any more when work begins again, from nothing', () => {
    const readiness = new Readiness();
    readiness.begin('the first time');
    readiness.progress(5, 5);
    readiness.ready();
    readiness.begin('the second time');
    expect(readiness.rebuilding).toEqual({ what: 'the second time', events: 0, of: 0 });
  });
});
