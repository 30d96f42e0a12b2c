// The log over HTTP, reading one's own writes, and how the house says that it is well.
import { Logger } from '@nestjs/common';
import { Api, donationAtLiege, organisations } from './app.js';

const happenedAt = '2020-03-16';

// A 503 is written to the log of the server, as it should; here it would only hide what matters.
beforeAll(() => Logger.overrideLogger(false));

interface Event {
  readonly position: number;
  readonly id: string;
}

describe('GET /events', () => {
  let api: Api;

  beforeAll(async () => {
    api = await Api.open();
    await donationAtLiege(api, 'FIRST', 10);
  });

  afterAll(() => api.close());

  const paged = async (limit: number) => {
    const pages: Event[][] = [];
    for (let from: number | null = 0; from !== null;) {
      const { events, next }: { events: Event[]; next: number | null } = (
        await api.get(`/events?limit=${limit}&from=${from}`)
      ).json;
      pages.push(events);
      from = next;
    }
    return pages;
  };

  it('gives the whole log page by page, each entry once, in order', async () => {
    const whole = (await paged(1_000)).flat();
    expect(whole.length).toBeGreaterThan(250);
    for (const limit of [7, 100, whole.length, whole.length + 1]) {
      const pages = await paged(limit);
      expect(pages.flat()).toEqual(whole);
      expect(pages.every((page) => page.length <= limit)).toBe(true);
    }
    expect(whole.every(({ position }, index) => index === 0 || position > whole[index - 1]!.position)).toBe(true);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
  });

  it('gives 100 when no number is asked for, and goes on with next', async () => {
    const answer = await api.get('/events');
    const { events, next } = answer.json;

    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(events).toHaveLength(100);
    expect(next).toBe(events[99].position);
  });

  it('ends with next null', async () => {
    const { position } = (await paged(1_000)).flat().at(-1)!;

    expect((await api.get(`/events?from=${position - 1}`)).json).toMatchObject({ events: [{ position }], next: null });
    expect((await api.get(`/events?from=${position}`)).json).toEqual({ events: [], next: null });
  });

  it('shows the whole envelope of an entry', async () => {
    const { events } = (await api.get('/events?limit=1000')).json;

    expect(events.at(-1)).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      stream: 'consignment-IN-FIRST',
      version: 1,
      position: expect.any(Number),
      type: 'GoodsReceived',
      schema: 1,
      data: expect.objectContaining({ consignment: 'IN-FIRST', hub: 'BELGG', complete: true }),
      happenedAt: '2020-03-13T00:00:00Z',
      reportedAt: expect.stringMatching(/Z$/),
      recordedAt: expect.stringMatching(/Z$/),
      imported: false,
      actor: { id: 'anonymous', role: 'staff' },
      channel: 'api',
      commandId: expect.any(String),
      correlationId: expect.any(String),
      causationId: expect.any(String),
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });
});

describe('after', () => {
  let api: Api;

  beforeAll(async () => {
    api = await Api.open();
    await organisations(api);
  });

  afterAll(() => api.close());

  it('includes the write whose position it is, on every kind of question', async () => {
    for (let n = 1; n <= 20; n++) {
      const donation = `DON-${n}`;
      const { position } = await api.record('/donations', {
        happenedAt,
        donation,
        donor: 'JMF',
        lines: [{ item: 'MASK', quantity: 1, destination: 'IT' }],
      });

      const [report, list] = await Promise.all([
        api.get(`/reports/countries?country=IT&after=${position}`),
        api.get(`/donations?after=${position}`),
      ]);

      expect(report.json.rows[0].pledged).toBe(n);
      expect(report.json.asOf.position).toBeGreaterThanOrEqual(position);
      expect(list.json).toContainEqual(expect.objectContaining({ donation }));
    }
  });

  it('waits for what is not yet there', async () => {
    const { events } = (await api.get('/events?limit=1000')).json;
    const next = events.at(-1).position + 1;
    const asked = api.get(`/reports/countries?country=ES&after=${next}`);
    await api.record('/donations', {
      happenedAt,
      donation: 'LATER',
      donor: 'JMF',
      lines: [{ item: 'MASK', quantity: 5, destination: 'ES' }],
    });

    expect((await asked).json.rows).toMatchObject([{ country: 'ES', pledged: 5 }]);
  });

  it('gives up in time on a position that nobody answered, and says when to ask again', async () => {
    const started = performance.now();
    const reply = await api.get('/reports/countries?after=999999');

    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('1');
    expect(reply.json).toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/do not include position 999999 yet/),
    });
    expect(performance.now() - started).toBeLessThan(7_000);
  });
});

describe('the description of the API', () => {
  it('names every route with its command', async () => {
    const api = await Api.open();
    const { status, json } = await api.get('/api-json');

    expect(status).toBe(200);
    expect(Object.keys(json.paths)).toEqual(
      expect.arrayContaining([
        '/donations',
        '/donations/{donation}',
        '/consignments/{consignment}/deliveries',
        '/hubs/{hub}/allocations',
        '/reports/countries',
        '/events',
      ]),
    );
    expect(json.paths['/donations'].post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/PledgeDonation',
    });
    await api.close();
  });
});
