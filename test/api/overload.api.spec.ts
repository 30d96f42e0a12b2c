// More than a node can take in hand: refused at once, told when to come again; whoever was let in is answered.
import { inHandMax } from '../../src/nest/overload.js';
import { STORES, type Stores } from '../../src/store/stores.js';
import { upTo } from '../contract/proposed.js';
import { Api, donationAtLiege, pledge } from './app.js';

const MOST = 5;

describe('a node that takes five requests in hand', () => {
  let api: Api;
  beforeAll(async () => {
    process.env['RELIEF_IN_HAND_MAX'] = String(MOST);
    api = await Api.open();
    await donationAtLiege(api, 'FIRST', 1_000);
  });
  afterAll(async () => {
    delete process.env['RELIEF_IN_HAND_MAX'];
    await api.app.close();
  });

  it('answers those it took, and tells the others to come again; nothing answered is lost, nothing refused is recorded', async () => {
    const before = await api.events();
    const answers = await Promise.all(upTo(40).map((n) => api.post('/donations', pledge(`MANY-${n + 100}`))));

    const taken = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(taken.length).toBeGreaterThanOrEqual(MOST);
    expect(refused.length).toBeGreaterThan(0);
    for (const { json, headers } of refused) {
      expect(json).toMatchObject({
        status: 503,
        code: 'OVERLOADED',
        message: expect.stringContaining('has 5 requests'),
      });
      expect(headers['retry-after']).toBe('1');
    }
    expect(await api.events()).toBe(before + taken.length);
  });

  it('has room again when they are answered', async () => {
    expect((await api.post('/donations', pledge('LATER'))).status).toBe(201);
  });

  it('answers probes whatever it has in hand', async () => {
    const position = api.app.get<Stores>(STORES).projector.checkpoint.position + 1_000;
    const waiting = upTo(MOST).map(() => api.get(`/reports/countries?after=${position}`));
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect((await api.get('/reports/countries')).status).toBe(503);
    expect((await api.get('/health/live')).status).toBe(200);
    expect((await api.get('/metrics')).status).toBe(200);
    await Promise.all(waiting);
  });
});

describe('the bound', () => {
  it('is 256 unless another one is stated', () => {
    expect([inHandMax(undefined), inHandMax(''), inHandMax('12')]).toEqual([256, 256, 12]);
  });

  it.each(['0', '-1', 'many', '1.5', '1e3'])('must be a whole number: %s is not', (stated) => {
    expect(() => inHandMax(stated)).toThrow(/RELIEF_IN_HAND_MAX must be a whole number/);
  });
});
