// The figures that Prometheus collects: they move by exactly what was done, and their labels come from bounded lists.
import { randomUUID } from 'node:crypto';
import { ReliefError } from '../../src/kernel/errors.js';
import { Readiness } from '../../src/kernel/readiness.js';
import { serverLog } from '../../src/nest/server-log.js';
import { STORES, type Stores } from '../../src/store/stores.js';
import type { ViewsDatabase } from '../../src/store/views-database.js';
import { textOf } from '../architecture/files.js';
import { Api, organisations, pledge } from './app.js';

class LogGone extends ReliefError {
  readonly status = 503;
  readonly code = 'LOG_UNAVAILABLE';
}

const happenedAt = '2020-03-16';

/** Every sample by its name and labels, as they are printed. */
async function figures(api: Api): Promise<Map<string, number>> {
  const lines = (await api.get('/metrics')).text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

/** What moved between two looks, without the histograms' buckets and the requests for the figures themselves. */
function moved(before: Map<string, number>, after: Map<string, number>, prefix: string): Record<string, number> {
  const names = [...after.keys()].filter(
    (name) => name.startsWith(prefix) && !name.includes('"/metrics"') && !/_(bucket|sum)\b/.test(name),
  );
  const moves = names.map((name) => [name, after.get(name)! - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(moves.filter(([, by]) => by !== 0));
}

describe('the figures', () => {
  let api: Api;

  beforeEach(async () => {
    api = await Api.open();
    await organisations(api);
  });

  afterEach(() => api.close());

  it('are text for Prometheus, each with a help and a type', async () => {
    const { status, headers, text } = await api.get('/metrics');

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const [name, type] of [
      ['relief_appends_total', 'counter'],
      ['relief_appended_events_total', 'counter'],
      ['relief_append_seconds', 'histogram'],
      ['relief_commands_total', 'counter'],
      ['relief_projector_lag_seconds', 'gauge'],
      ['relief_projector_failed', 'gauge'],
      ['relief_log_reachable', 'gauge'],
      ['relief_log_position', 'gauge'],
      ['relief_views_position', 'gauge'],
      ['relief_views_events', 'gauge'],
      ['relief_rebuild_progress', 'gauge'],
      ['relief_http_requests_total', 'counter'],
      ['relief_http_request_seconds', 'histogram'],
      ['process_resident_memory_bytes', 'gauge'],
      ['nodejs_eventloop_lag_p99_seconds', 'gauge'],
    ]) {
      expect(text).toMatch(new RegExp(`^# HELP ${name} \\S`, 'm'));
      expect(text).toMatch(new RegExp(`^# TYPE ${name} ${type}$`, 'm'));
    }
  });

  it('count each command, its append and its events once', async () => {
    const before = await figures(api);
    await api.record('/donations', pledge('DON-1'));
    await api.record('/donations', pledge('DON-2'));

    expect(moved(before, await figures(api), 'relief_append')).toEqual({
      'relief_appends_total{result="appended"}': 2,
      relief_appended_events_total: 2,
      relief_append_seconds_count: 2,
    });
    expect(moved(before, await figures(api), 'relief_commands')).toEqual({
      'relief_commands_total{command="PledgeDonation",result="recorded"}': 2,
    });
  });

  it('tell a repeat, a refusal and a stale version apart, none of which is an append', async () => {
    const key = { 'idempotency-key': randomUUID() };
    await api.record('/donations', pledge('DON-1'), key);
    const before = await figures(api);
    expect((await api.record('/donations', pledge('DON-1'), key)).repeated).toBe(true);
    const other = { ...pledge('DON-1'), lines: [] };
    expect((await api.post('/donations', other)).status).toBe(409);
    expect((await api.post('/donations', { ...pledge('DON-2'), donor: 'NOBODY' })).status).toBe(404);
    expect((await api.post('/donations/DON-1/cancellation', { happenedAt }, { 'if-match': '7' })).status).toBe(412);

    const after = await figures(api);
    expect(moved(before, after, 'relief_commands')).toEqual({
      'relief_commands_total{command="PledgeDonation",result="repeated"}': 1,
      'relief_commands_total{command="PledgeDonation",result="refused"}': 2,
      'relief_commands_total{command="CancelPledge",result="conflict"}': 1,
    });
    expect(moved(before, after, 'relief_append')).toEqual({});
  });

  it.each([
    // result, status, what the log says
    ['unavailable', 503, new LogGone('The log cannot be reached.')],
    ['failed', 500, new Error('The disk is full.')],
  ])('tell that the log did not take an append: %s, answered with %d', async (result, status, error) => {
    await api.close();
    api = await Api.open({ kind: 'memory' }, serverLog('silent'));
    await organisations(api);
    const { log } = api.app.get<Stores>(STORES);
    const before = await figures(api);
    log.append = () => Promise.reject(error);
    expect((await api.post('/donations', pledge('DON-1'))).status).toBe(status);

    const after = await figures(api);
    expect(moved(before, after, 'relief_append')).toEqual({
      [`relief_appends_total{result="${result}"}`]: 1,
      relief_append_seconds_count: 1,
    });
    expect(moved(before, after, 'relief_commands')).toEqual({
      [`relief_commands_total{command="PledgeDonation",result="${result}"}`]: 1,
    });
  });

  it('count requests by method, pattern of the route and status', async () => {
    const before = await figures(api);
    await api.record('/donations', pledge('DON-1'));
    await api.record('/donations', pledge('DON-2'));
    await api.get('/donations/DON-1?after=1');
    await api.get('/donations/DON-2');
    await api.get('/donations/DON-3');
    await api.post('/donations', '{"happenedAt": ');
    await api.get('/no/such/place');

    const requests = {
      '{method="POST",route="/donations",status="201"}': 2,
      '{method="GET",route="/donations/:donation",status="200"}': 2,
      '{method="GET",route="/donations/:donation",status="404"}': 1,
      '{method="POST",route="/donations",status="400"}': 1,
      '{method="GET",route="none",status="404"}': 1,
    };
    const named = (name: string) =>
      Object.fromEntries(Object.entries(requests).map(([labels, count]) => [`${name}${labels}`, count]));
    const after = await figures(api);
    expect(moved(before, after, 'relief_http_requests')).toEqual(named('relief_http_requests_total'));
    expect(moved(before, after, 'relief_http_request_seconds')).toEqual(named('relief_http_request_seconds_count'));
  });

  it('grow by no line, whatever addresses are asked', async () => {
    const ask = async (round: number) => {
      await api.get(`/donations/NEVER-${round}`);
      await api.get(`/nowhere/${round}?q=${round}`);
      await api.get(`/reports/countries?country=IT&until=2020-03-${10 + round}`);
      await api.post(`/donations/NEVER-${round}/cancellation`, { happenedAt });
      await api.post('/donations', { ...pledge(`DON-${round}`), donor: `NOBODY-${round}` });
      return [...(await figures(api)).keys()].filter((name) => name.startsWith('relief_'));
    };
    await ask(0);
    const names = await ask(1);
    for (let round = 2; round < 12; round++) await ask(round);

    expect(await ask(12)).toEqual(names);
    expect(names.join('\n')).not.toMatch(/NEVER|NOBODY|nowhere|2020/);
  });

  it('say where the log ends and what the reports hold, when they are asked', async () => {
    const { position } = await api.record('/donations', pledge('DON-1'));
    await api.get(`/reports/countries?after=${position}`);
    const now = await figures(api);

    expect(Object.fromEntries([...now].filter(([name]) => /^relief_(log|views|projector|rebuild)/.test(name)))).toEqual(
      {
        relief_log_reachable: 1,
        relief_log_position: position,
        relief_views_position: position,
        relief_views_events: await api.events(),
        relief_projector_lag_seconds: 0,
        relief_projector_failed: 0,
        relief_rebuild_progress: 1,
      },
    );
  });

  it('say how far a rebuild is', async () => {
    const readiness = api.app.get(Readiness);
    readiness.begin('rebuilding every report');
    readiness.progress(250, 1_000);

    expect((await figures(api)).get('relief_rebuild_progress')).toBe(0.25);
  });

  it('say that the reports stopped, and for how long they have lacked entries', async () => {
    const { views, projector } = api.app.get<Stores>(STORES);
    await projector.catchUp();
    (views as ViewsDatabase).apply = () => {
      throw new Error('the ledger cannot take it');
    };
    await api.record('/donations', pledge('DON-1'));
    await projector.catchUp().catch(() => undefined);
    const now = await figures(api);

    expect(now.get('relief_projector_failed')).toBe(1);
    expect(now.get('relief_projector_lag_seconds')).toBeGreaterThan(0);
  });

  it('leave out the position of a log that cannot be reached, until it can', async () => {
    const { log } = api.app.get<Stores>(STORES);
    const reached = log.reached.bind(log);
    log.reached = () => Promise.reject(new Error('Gone.'));
    const without = await figures(api);
    expect([without.get('relief_log_reachable'), without.has('relief_log_position')]).toEqual([0, false]);

    log.reached = reached;
    const again = await figures(api);
    expect([again.get('relief_log_reachable'), again.get('relief_log_position')]).toEqual([1, await reached()]);
  });

  it('stand on the page about monitoring, each of them and no other', async () => {
    const named = new Set(textOf('docs/monitoring.md').match(/relief_[a-z_]+[a-z](?<!_bucket)(?=[`{[ ])/g));
    const made = [...(await api.get('/metrics')).text.matchAll(/^# TYPE (relief_\w+) /gm)].map(([, name]) => name!);

    expect([...named].sort()).toEqual(made.sort());
  });

  it('belong to one application: another in the same process has its own', async () => {
    const other = await Api.open();
    const before = await figures(other);
    await api.record('/donations', pledge('DON-1'));

    expect(moved(before, await figures(other), 'relief_')).toEqual({});
    await other.close();
  });
});
