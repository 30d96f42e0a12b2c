// Whether this node should be asked, and everything that can be in the way.
import { Readiness } from '../../src/kernel/readiness.js';
import { STORES, type Stores } from '../../src/store/stores.js';
import type { ViewsDatabase } from '../../src/store/views-database.js';
import { Api, organisations } from './app.js';

let api: Api;

beforeEach(async () => {
  api = await Api.open();
});

afterEach(() => api.close());

const stores = () => api.app.get<Stores>(STORES);

/** The views cannot take another entry. */
async function stopTheReports(): Promise<() => Promise<void>> {
  const { projector } = stores();
  const views = stores().views as ViewsDatabase;
  const apply = views.apply.bind(views);
  views.apply = () => {
    throw new Error('the ledger cannot take entry 7');
  };
  await organisations(api);
  await projector.catchUp().catch(() => undefined);
  return async () => {
    views.apply = apply;
    await projector.catchUp();
  };
}

function lacking(milliseconds: number): void {
  Object.defineProperty(stores().projector, 'behindMs', { get: () => milliseconds, configurable: true });
}

describe('GET /health', () => {
  it('is well while the views follow the log', async () => {
    const { status, json } = await api.get('/health');

    expect(status).toBe(200);
    expect(json).toEqual({
      status: 'ok',
      log: stores().log.identity(),
      position: await api.events(),
      events: await api.events(),
      state: 'ready',
    });
  });

  it('is not well when an entry stopped the views, until they can go on', async () => {
    const mend = await stopTheReports();

    const ill = await api.get('/health');
    expect(ill.status).toBe(503);
    expect(ill.headers['retry-after']).toBe('1');
    expect(ill.json).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/cannot take entry 7/) });

    await mend();
    expect((await api.get('/health')).status).toBe(200);
  });

  it('says that the house is rebuilding', async () => {
    api.app.get(Readiness).begin('rebuilding every report');

    expect(await api.get('/health')).toMatchObject({ status: 200, json: { status: 'ok', state: 'rebuilding' } });
  });
});

describe('GET /health/live', () => {
  it('is well as long as the process answers, whatever else is broken', async () => {
    await stopTheReports();
    lacking(3_600_000);
    api.app.get(Readiness).begin('rebuilding every report');

    expect(await api.get('/health/live')).toMatchObject({ status: 200, json: { status: 'live' } });
  });
});

describe('GET /health/ready', () => {
  const ready = async () => {
    const { status, json, headers } = await api.get('/health/ready');
    return { status, json, retryAfter: headers['retry-after'] };
  };
  const notReady = (...reasons: unknown[]) => ({
    status: 503,
    retryAfter: '1',
    json: { status: 503, code: 'UNAVAILABLE', message: expect.any(String), reasons },
  });

  it('is well when nothing is in the way', async () => {
    expect(await ready()).toEqual({ status: 200, json: { status: 'ready' }, retryAfter: undefined });
  });

  it('is not well when an entry stopped the views, until they can go on', async () => {
    const mend = await stopTheReports();
    expect(await ready()).toEqual(
      notReady(expect.stringMatching(/^The reports stopped: .* cannot be applied|^The reports stopped: the ledger/)),
    );

    await mend();
    expect((await ready()).status).toBe(200);
  });

  it.each([
    [10_000, 200],
    [10_001, 503],
  ])('allows the reports to lack entries for ten seconds: %d ms is %d', async (milliseconds, status) => {
    lacking(milliseconds);
    expect((await ready()).status).toBe(status);
  });

  it('says for how long the reports have lacked entries, and what is allowed', async () => {
    lacking(12_300);
    expect(await ready()).toEqual(
      notReady('The reports have lacked entries of the log for 12.3 s; 10.0 s are allowed.'),
    );
  });

  it('is not well when the log cannot be reached', async () => {
    stores().log.reached = () => Promise.reject(new Error('No node of the cluster answers.'));
    expect(await ready()).toEqual(notReady('The log cannot be reached: No node of the cluster answers.'));
  });

  it('does not wait for ever for a log that says nothing', async () => {
    stores().log.reached = () => new Promise(() => undefined);
    expect(await ready()).toEqual(notReady('The log cannot be reached: There was no answer within 2 s.'));
  });

  it('is not well while the house rebuilds, and says how far it is', async () => {
    const readiness = api.app.get(Readiness);
    readiness.begin('rebuilding every report');
    const unknown = notReady('The house is not ready: rebuilding every report.');
    const at = (position: number, of: number) => ({
      work: { what: 'rebuilding every report', position, of, served: false },
    });
    expect(await ready()).toEqual({ ...unknown, json: { ...unknown.json, ...at(0, 0) } });

    readiness.progress(120_000, 1_000_000);
    const known = notReady('The house is not ready: rebuilding every report, 12 % of the log.');
    expect(await ready()).toEqual({ ...known, json: { ...known.json, ...at(120_000, 1_000_000) } });

    readiness.ready();
    expect((await ready()).status).toBe(200);
  });

  it('gives every reason there is', async () => {
    await stopTheReports();
    lacking(60_000);
    stores().log.reached = () => Promise.reject(new Error('Gone.'));
    api.app.get(Readiness).begin('starting');

    const { json } = await ready();
    expect(json.reasons).toEqual([
      'The house is not ready: starting.',
      'The log cannot be reached: Gone.',
      expect.stringMatching(/^The reports stopped/),
      expect.stringMatching(/^The reports have lacked entries/),
    ]);
    expect(json.message).toBe(json.reasons.join(' '));
  });
});

describe('the bound of the lag', () => {
  const stated = process.env['RELIEF_LAG_MAX_MS'];
  afterEach(() => {
    if (stated === undefined) delete process.env['RELIEF_LAG_MAX_MS'];
    else process.env['RELIEF_LAG_MAX_MS'] = stated;
  });

  it('is what the environment states', async () => {
    process.env['RELIEF_LAG_MAX_MS'] = '500';
    const strict = await Api.open();
    Object.defineProperty(strict.app.get<Stores>(STORES).projector, 'behindMs', { get: () => 501 });

    expect((await strict.get('/health/ready')).json.reasons).toEqual([
      'The reports have lacked entries of the log for 0.5 s; 0.5 s are allowed.',
    ]);
    await strict.close();
  });

  it.each(['soon', '-1', '1.5', '10s'])('cannot be %s: the house does not open', async (value) => {
    process.env['RELIEF_LAG_MAX_MS'] = value;
    await expect(Api.open()).rejects.toThrow(
      `RELIEF_LAG_MAX_MS must be a whole number of milliseconds, such as 10000 (was ${value}).`,
    );
  });
});
