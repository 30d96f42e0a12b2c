// The same request twice: one event, one answer; another request under the same key is refused.
import { Api, organisations } from './app.js';

const happenedAt = '2020-03-16';
const line = { item: 'MASK', quantity: 10, destination: 'IT' };

describe('an Idempotency-Key', () => {
  let api: Api;
  let keys = 0;
  const newKey = () => ({ 'idempotency-key': `key-of-a-spec-${++keys}` });

  beforeAll(async () => {
    api = await Api.open();
    await organisations(api);
    await api.record('/donations', { happenedAt, donation: 'BASE', donor: 'JMF', lines: [line] });
    await api.record('/consignments', {
      happenedAt,
      consignment: 'CON-1',
      from: 'CNHGH',
      to: 'BELGG',
      lines: [{ item: 'MASK', donation: 'BASE', quantity: 1_000 }],
    });
  });

  afterAll(() => api.close());

  it.each([
    ['a pledge', '/donations', { donation: 'DON-1', donor: 'JMF', lines: [line] }],
    ['a pledge without a number', '/donations', { donor: 'JMF', lines: [line] }],
    ['an amendment', '/donations/BASE/amendments', { lines: [{ ...line, quantity: 11 }] }],
    [
      'a dispatch',
      '/consignments',
      { consignment: 'CON-2', from: 'CNHGH', to: 'IT', lines: [{ item: 'MASK', donation: 'BASE', quantity: 5 }] },
    ],
    [
      'a loss, which has no number of its own',
      '/consignments/CON-1/losses',
      { cause: 'lost', lines: [{ item: 'MASK', quantity: 1 }] },
    ],
    [
      'a receipt',
      '/consignments/CON-1/receipts',
      { hub: 'BELGG', complete: false, lines: [{ item: 'MASK', good: 100 }] },
    ],
    ['an allocation', '/hubs/BELGG/allocations', { item: 'MASK', quantity: 40, to: 'IT' }],
    ['an organisation', '/catalogue/organisations', { organisation: 'THW', name: 'THW' }],
  ])('makes %s once, and answers again what it answered', async (_, url, content) => {
    const body = { happenedAt, ...content };
    const key = newKey();
    const first = await api.record(url, body, key);
    expect(first).toMatchObject({ repeated: false, events: [expect.any(String)] });
    const before = await api.events();

    expect(await api.record(url, body, key)).toEqual({ ...first, repeated: true });
    expect(await api.events()).toBe(before);
  });

  it('answers again what it answered when the record has moved on', async () => {
    const amend = (quantity: number, key: Record<string, string>) =>
      api.record('/donations/BASE/amendments', { happenedAt, lines: [{ ...line, quantity }] }, key);
    const key = newKey();
    const first = await amend(100, key);
    await amend(200, newKey());

    expect(await amend(100, key)).toEqual({ ...first, repeated: true });
    expect((await api.get('/donations/BASE')).json.state.lines[0].quantity).toBe(200);
  });

  it('answers again, even with an If-Match that is past', async () => {
    const { version } = (await api.get('/donations/BASE')).json;
    const headers = { ...newKey(), 'if-match': String(version) };
    const body = { happenedAt, lines: [{ ...line, quantity: 300 }] };
    const first = await api.record('/donations/BASE/amendments', body, headers);

    expect(await api.record('/donations/BASE/amendments', body, headers)).toEqual({ ...first, repeated: true });
  });

  it('makes one event of many requests that come at once', async () => {
    const before = await api.events();
    const body = { happenedAt, cause: 'lost', lines: [{ item: 'MASK', quantity: 1 }] };
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.record('/consignments/CON-1/losses', body, key)),
    );

    expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await api.events()).toBe(before + 1);
  });

  it('tells the same content from other content, not from another order of its fields', async () => {
    const key = newKey();
    const lines = [{ item: 'MASK', quantity: 2 }];
    const first = await api.record('/consignments/CON-1/losses', { happenedAt, cause: 'lost', lines }, key);
    const turned = { lines: [{ quantity: 2, item: 'MASK' }], consignment: 'CON-1', cause: 'lost', happenedAt };

    expect(await api.record('/consignments/CON-1/losses', turned, key)).toEqual({ ...first, repeated: true });
  });

  it('is refused with other content, and says what it stands for', async () => {
    const key = newKey();
    const lose = (quantity: number) =>
      api.post('/consignments/CON-1/losses', { happenedAt, cause: 'lost', lines: [{ item: 'MASK', quantity }] }, key);
    const first = (await lose(3)).json;
    const before = await api.events();

    const other = await lose(4);

    expect(other.status).toBe(409);
    expect(other.json).toMatchObject({
      code: 'COMMAND_ID_REUSED',
      message: expect.stringMatching(/recorded before with other content \(GoodsLost/),
      figures: { event: first.events[0], type: 'GoodsLost', recordedAt: expect.any(String) },
    });
    expect(await api.events()).toBe(before);
  });

  it('is refused for another command on the same record', async () => {
    const key = newKey();
    await api.record('/donations', { happenedAt, donation: 'DON-9', donor: 'JMF', lines: [line] }, key);

    expect((await api.post('/donations/DON-9/cancellation', { happenedAt }, key)).json).toMatchObject({
      status: 409,
      code: 'COMMAND_ID_REUSED',
    });
  });

  it('is in the log as the command id, with the actor and the correlation', async () => {
    const headers = { ...newKey(), 'relief-actor': 'u-17:logistician', 'x-correlation-id': 'truck-9' };
    const { position } = await api.record('/donations', { happenedAt, donor: 'JMF', lines: [] }, headers);
    const [event] = (await api.get(`/events?from=${position - 1}&limit=1`)).json.events;

    expect(event).toMatchObject({
      commandId: headers['idempotency-key'],
      actor: { id: 'u-17', role: 'logistician' },
      correlationId: 'truck-9',
      causationId: headers['idempotency-key'],
      channel: 'api',
    });
  });
});

describe('the same content without a key', () => {
  let api: Api;

  beforeAll(async () => {
    api = await Api.open();
    await organisations(api);
  });

  afterAll(() => api.close());

  it.each([
    ['a pledge', '/donations', { donation: 'DON-1', donor: 'JMF', lines: [line] }],
    ['an amendment that changes nothing', '/donations/DON-1/amendments', { lines: [line] }],
    ['a cancellation', '/donations/DON-1/cancellation', {}],
    ['an item', '/catalogue/items', { item: 'GLOVES', name: 'Gloves', unit: 'pair' }],
  ])('adds nothing where the record is so already: %s', async (_, url, content) => {
    const body = { happenedAt, ...content };
    await api.record(url, body);
    const before = await api.events();

    expect(await api.record(url, body)).toMatchObject({ events: [], repeated: true });
    expect(await api.events()).toBe(before);
  });
});
