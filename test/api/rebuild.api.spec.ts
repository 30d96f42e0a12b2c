// New reports while the old ones serve; a house that is not ready says so; updates for whoever listens; nodes compared.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { verify } from '../../src/audit/verify.js';
import { openFor } from '../../src/open-for.js';
import { getReady, openApp } from '../../src/main.js';
import { serverLog } from '../../src/nest/server-log.js';
import { statedLimits } from '../../src/nest/stated.js';
import { VIEWS } from '../../src/store/data-folder.js';
import { STORES, type Stores } from '../../src/store/stores.js';
import { newFolder } from '../contract/folder.js';
import { Api, donationAtLiege, pledge } from './app.js';

const open: Api[] = [];
afterEach(() => Promise.all(open.splice(0).map((api) => api.app.close())));

async function house(folder = newFolder()): Promise<Api> {
  const api = await Api.open({ kind: 'folder', folder, use: 'write' });
  open.push(api);
  return api;
}

/** Waits for the end of a rebuild. */
async function rebuilt(api: Api) {
  for (;;) {
    const { json } = await api.get('/views/rebuild');
    if (!json.running) return json.last as object;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('POST /views/rebuild', () => {
  it('builds the reports anew while everybody is served, and says that they are the same', async () => {
    const api = await house();
    await donationAtLiege(api, 'FIRST', 1_000);
    const before = (await api.get('/reports/countries')).json;

    const begun = await api.post('/views/rebuild', {});
    expect([begun.status, begun.json.running]).toEqual([202, true]);
    expect((await api.get('/health')).json).toMatchObject({ state: 'ready', work: { served: true } });
    expect((await api.get('/health/ready')).status).toBe(200);
    const { position } = await api.record('/donations', pledge('MEANWHILE'));
    expect((await api.get(`/reports/countries?after=${position}`)).status).toBe(200);

    expect(await rebuilt(api)).toMatchObject({ differences: [], failure: null, rows: expect.any(Number) });
    const after = (await api.get('/reports/countries')).json;
    expect(after.asOf.events).toBe(before.asOf.events + 1);
    expect((await verify(api.app.get<Stores>(STORES))).findings.flatMap(({ broken }) => broken)).toEqual([]);
  }, 60_000);

  it('tells what the old reports had wrong, and puts it right', async () => {
    const folder = newFolder();
    const first = await house(folder);
    await donationAtLiege(first, 'FIRST', 1_000);
    await first.get('/reports/countries?after=1');
    await open.pop()!.app.close();
    const db = new DatabaseSync(join(folder, VIEWS));
    db.exec('UPDATE balances SET quantity = quantity + 5 WHERE quantity = 1000');
    db.close();
    const api = await house(folder);
    const broken = async () =>
      (await verify(api.app.get<Stores>(STORES))).findings.flatMap(({ broken: faults }) => faults);
    expect((await broken()).length).toBeGreaterThan(0);

    await api.post('/views/rebuild', {});

    expect(await rebuilt(api)).toMatchObject({ differences: [expect.stringMatching(/^balances: \d+ rows served/)] });
    expect(await broken()).toEqual([]);
  }, 60_000);

  it('is not for a house in memory', async () => {
    const api = await Api.open();
    open.push(api);

    expect((await api.post('/views/rebuild', {})).json).toMatchObject({ status: 404, code: 'UNKNOWN' });
  });
});

describe('a house that is not ready yet', () => {
  it('answers probes, tells everybody else to come again, and records nothing', async () => {
    const folder = newFolder();
    const before = await house(folder);
    await donationAtLiege(before, 'FIRST', 1_000);
    await open.pop()!.app.close();
    const db = new DatabaseSync(join(folder, VIEWS));
    db.exec(`UPDATE views SET layout = 'GoodsLedgerView 0'`);
    db.close();

    const app = await openApp(
      await openFor({ kind: 'folder', folder, use: 'write' }),
      serverLog('silent'),
      statedLimits(),
    );
    const api = new Api(app);
    open.push(api);
    await app.getHttpAdapter().getInstance().ready();

    expect((await api.get('/health/live')).status).toBe(200);
    expect((await api.get('/health/ready')).json).toMatchObject({ status: 503, work: { served: false } });
    for (const reply of [await api.get('/reports/countries'), await api.post('/donations', pledge('EARLY'))]) {
      expect(reply.json).toMatchObject({ status: 503, code: 'NOT_READY' });
      expect(reply.headers['retry-after']).toBe('1');
    }

    await getReady(app);

    expect((await api.get('/health/ready')).status).toBe(200);
    expect((await api.get('/donations/EARLY')).status).toBe(404);
    expect((await api.get('/reports/countries')).json.asOf.events).toBeGreaterThan(3);
  }, 60_000);
});

describe('GET /updates', () => {
  it('tells where the reports are, at once and whenever they hold more, and ends with the house', async () => {
    const api = await house();
    await api.app.listen(0, '127.0.0.1');
    const answer = await fetch(`${await api.app.getUrl()}/updates`);
    expect(answer.headers.get('content-type')).toMatch(/event-stream/);
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (position: number) => {
      while (!text.includes(`"position":${position},`)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`It ended after: ${text}`);
        text += value;
      }
    };
    await until(api.app.get<Stores>(STORES).projector.checkpoint.position);

    await donationAtLiege(api, 'FIRST', 1_000);
    await until(api.app.get<Stores>(STORES).projector.checkpoint.position);
    expect(text).toContain('event: reports');

    const ended = (async () => {
      while (!(await reader.read()).done);
    })().catch(() => undefined);
    await open.pop()!.app.close();
    await ended;
  }, 60_000);
});

describe('verify with nodes', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  async function answering(body: object, status = 200): Promise<string> {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('finds that a node serves what the log says, and names each that does not, and why', async () => {
    const api = await house();
    await donationAtLiege(api, 'FIRST', 1_000);
    await api.app.listen(0, '127.0.0.1');
    const right = await api.app.getUrl();
    const digest = (await api.get('/views/digest')).json as object;
    const nodes = [
      right,
      await answering({ ...digest, balances: 'others' }),
      await answering({ ...digest, totals: 'others', events: 1 }),
      await answering({ ...digest, log: 'another log' }),
      await answering({ message: 'The reports stopped.' }, 503),
      'http://127.0.0.1:9',
    ];

    const { findings } = await verify(api.app.get<Stores>(STORES), { nodes });

    const { broken, checked } = findings.find(({ law }) => law.startsWith('Every node'))!;
    expect(checked).toBe(6);
    const of = (node: string) =>
      broken.filter((fault) => fault.startsWith(node)).map((fault) => fault.slice(node.length));
    expect(of(right)).toEqual([]);
    expect(of(nodes[1]!)).toEqual([expect.stringMatching(/^ has other balances than the log says, at position/)]);
    expect(of(nodes[2]!)).toEqual([
      expect.stringMatching(/^ counts 1 entries, the log has/),
      expect.stringMatching(/^ has other totals/),
    ]);
    expect(of(nodes[3]!)).toEqual([expect.stringMatching(/^ serves another log, another log/)]);
    expect(of(nodes[4]!)).toEqual([' did not answer: The reports stopped.']);
    expect(of(nodes[5]!)).toEqual([expect.stringMatching(/^ did not answer: /)]);
  }, 60_000);

  it('says nothing of nodes when none is named', async () => {
    const api = await house();
    const { findings } = await verify(api.app.get<Stores>(STORES));

    expect(findings.some(({ law }) => law.startsWith('Every node'))).toBe(false);
  });
});
