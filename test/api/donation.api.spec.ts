// The whole life of a donation, from the announcement to the proof of delivery, over HTTP.
import { Api, organisations } from './app.js';

describe('a donation of 10,000 masks', () => {
  let api: Api;
  /** The row of the country report, up to everything recorded so far. */
  const totals = async (country: string, after: number) =>
    (await api.get(`/reports/countries?country=${country}&after=${after}`)).json.rows;

  beforeAll(async () => {
    api = await Api.open();
    await organisations(api);
  });

  afterAll(() => api.close());

  it('is announced', async () => {
    const answer = await api.record('/donations', {
      happenedAt: '2020-03-11',
      donation: 'JMF-ITALY',
      donor: 'JMF',
      lines: [{ item: 'MASK', quantity: 8_000, destination: 'IT' }],
      source: 'https://example.org/statement',
    });

    expect(answer).toEqual({
      id: 'JMF-ITALY',
      stream: 'donation-JMF-ITALY',
      version: 0,
      position: expect.any(Number),
      events: [expect.stringMatching(/^[0-9a-f-]{36}$/)],
      doubtful: [],
      repeated: false,
    });
    expect(await totals('IT', answer.position)).toMatchObject([
      { country: 'IT', item: 'MASK', unit: 'piece', pledged: 8_000, delivered: 0 },
    ]);
  });

  it('is amended', async () => {
    const lines = [{ item: 'mask', quantity: 10_000, destination: 'IT' }];
    const { position, version } = await api.record('/donations/JMF-ITALY/amendments', {
      happenedAt: '2020-03-12',
      lines,
    });

    expect(version).toBe(1);
    expect(await totals('IT', position)).toMatchObject([{ pledged: 10_000 }]);
  });

  it('leaves for Liege', async () => {
    const { position } = await api.record('/consignments', {
      happenedAt: '2020-03-12T22:10+08:00',
      consignment: 'CON-1',
      from: 'CNHGH',
      to: 'BELGG',
      mode: 'air',
      waybill: '157-12345675',
      eta: '2020-03-13',
      lines: [{ item: 'MASK', donation: 'JMF-ITALY', lot: 'L-7', quantity: 10_000, destination: 'IT' }],
    });

    expect(await totals('IT', position)).toMatchObject([{ inTransit: 10_000, atHub: 0 }]);
  });

  it('arrives and is counted: 40 are damaged, 60 are missing', async () => {
    await api.record('/consignments/CON-1/arrivals', { happenedAt: '2020-03-13T06:20Z', place: 'BELGG' });
    const { position } = await api.record('/consignments/con-1/receipts', {
      happenedAt: '2020-03-13T09:00Z',
      hub: 'BELGG',
      grn: 'GRN-1',
      complete: true,
      lines: [{ item: 'MASK', good: 9_900, damaged: 40 }],
    });

    expect(await totals('IT', position)).toMatchObject([{ inTransit: 0, atHub: 9_900, damaged: 40, unexplained: 60 }]);
    const stock = (await api.get('/hubs/belgg/stock')).json;
    expect(stock).toEqual([{ item: 'MASK', donation: 'JMF-ITALY', lot: 'L-7', quantity: 9_900, earmark: 'IT' }]);
  });

  it('goes on to Italy, where 9,800 are accepted and 100 are not', async () => {
    await api.record('/consignments', {
      happenedAt: '2020-03-14',
      consignment: 'CON-2',
      from: 'BELGG',
      to: 'IT',
      mode: 'road',
      lines: [{ item: 'MASK', quantity: 9_900 }],
    });
    const { position } = await api.record('/consignments/CON-2/deliveries', {
      happenedAt: '2020-03-16',
      recipient: 'CROCE-ROSSA',
      proof: 'confirmed',
      pod: 'POD-1',
      lines: [{ item: 'MASK', accepted: 9_800, rejected: 100, cause: 'expired' }],
    });

    expect(await totals('IT', position)).toEqual([
      {
        country: 'IT',
        item: 'MASK',
        unit: 'piece',
        pledged: 10_000,
        atHub: 0,
        inTransit: 0,
        delivered: 9_800,
        deliveredConfirmed: 9_800,
        rejected: 100,
        damaged: 40,
        lost: 0,
        returned: 0,
        unexplained: 60,
      },
    ]);
  });

  it('shows where the missing ones went', async () => {
    const found = await api.record('/consignments/CON-1/finds', {
      happenedAt: '2020-03-17',
      hub: 'BELGG',
      lines: [{ item: 'MASK', quantity: 20 }],
    });
    expect(await totals('IT', found.position)).toMatchObject([{ atHub: 20, unexplained: 40 }]);
    const lost = await api.record('/consignments/CON-1/losses', {
      happenedAt: '2020-03-17',
      cause: 'stolen',
      lines: [{ item: 'MASK', quantity: 40 }],
    });

    expect(await totals('IT', lost.position)).toMatchObject([{ atHub: 20, unexplained: 0, lost: 40 }]);
  });

  it('can be read back with every entry and how it stands', async () => {
    const { json, status } = await api.get('/donations/jmf-italy');

    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: 'JMF-ITALY',
      version: 1,
      state: { status: 'pledged', donor: 'JMF', lines: [{ item: 'MASK', quantity: 10_000, destination: 'IT' }] },
      entries: [
        {
          type: 'DonationPledged',
          version: 0,
          stands: true,
          channel: 'api',
          actor: { id: 'anonymous', role: 'staff' },
          imported: false,
        },
        { type: 'PledgeAmended', version: 1, stands: true },
      ],
    });
    expect(json.entries[0].data.source).toBe('https://example.org/statement');
  });

  it('is listed, with its consignments', async () => {
    const donations = (await api.get('/donations')).json;
    expect(donations).toMatchObject([{ donation: 'JMF-ITALY', status: 'pledged', donor: 'JMF' }]);
    const consignments = (await api.get('/consignments?limit=1')).json;
    expect(consignments).toMatchObject([{ consignment: 'CON-1', arrivals: [{ place: 'BELGG' }], latest: 'GoodsLost' }]);
    expect((await api.get('/consignments?from=CON-1')).json).toMatchObject([
      { consignment: 'CON-2', latest: 'GoodsDelivered' },
    ]);
    const one = (await api.get('/consignments/CON-2')).json;
    expect(one).toMatchObject({ id: 'CON-2', version: 1, dispatched: { from: 'BELGG', to: 'IT', fromHub: true } });
    const held = one.holdings.map((holding: any) => [holding.account.bucket, holding.account.holder, holding.quantity]); // eslint-disable-line @typescript-eslint/no-explicit-any
    expect(held).toContainEqual(['deliveredConfirmed', 'CROCE-ROSSA', 9_800]);
    expect(held).toContainEqual(['rejected', 'CON-2', 100]);
    expect(held.map(([bucket]: [string]) => bucket)).not.toContain('inTransit');
  });

  it('is corrected: the loss did not occur, and the history keeps both', async () => {
    const { entries } = (await api.get('/consignments/CON-1')).json;
    const loss = entries.find(({ type }: { type: string }) => type === 'GoodsLost');
    const { position } = await api.record('/consignments/CON-1/corrections', {
      happenedAt: '2020-03-18',
      event: loss.id,
      reason: 'did_not_occur',
      note: 'They were on the second pallet.',
    });

    expect(await totals('IT', position)).toMatchObject([{ lost: 0, unexplained: 40 }]);
    const after = (await api.get('/consignments/CON-1')).json;
    expect(after.entries.map(({ type, stands }: { type: string; stands: boolean }) => [type, stands])).toEqual([
      ['ConsignmentDispatched', true],
      ['ConsignmentArrived', true],
      ['GoodsReceived', true],
      ['GoodsFound', true],
      ['GoodsLost', false],
      ['EntryCorrected', false],
    ]);
  });

  it('is corrected: the delivery was 9,700, restated in the words of the command', async () => {
    const { entries } = (await api.get('/consignments/CON-2')).json;
    const delivery = entries.find(({ type }: { type: string }) => type === 'GoodsDelivered');
    const body = {
      happenedAt: '2020-03-16',
      consignment: 'CON-2',
      recipient: 'CROCE-ROSSA',
      proof: 'confirmed',
      pod: 'POD-1',
      lines: [{ item: 'MASK', accepted: 9_700, rejected: 100, cause: 'expired' }],
    };
    const { position } = await api.record('/consignments/CON-2/corrections', {
      happenedAt: '2020-03-18',
      event: delivery.id,
      reason: 'incorrect_data',
      note: 'A box was counted twice.',
      restated: { command: 'RecordDelivery', body },
    });

    expect(await totals('IT', position)).toMatchObject([{ delivered: 9_700, inTransit: 100, rejected: 100 }]);
  });

  it('is called off: the pledge is gone, the goods are where they are', async () => {
    const { position } = await api.record('/donations/JMF-ITALY/cancellation', { happenedAt: '2020-03-20' });

    expect(await totals('IT', position)).toMatchObject([{ pledged: 0, delivered: 9_700 }]);
  });

  it('gets a reference when it has none, the same on every try', async () => {
    const body = { happenedAt: '2020-03-20', donor: 'JMF', lines: [] };
    const key = { 'idempotency-key': 'a-donation-without-number' };
    const first = await api.record('/donations', body, key);

    expect(first.id).toMatch(/^DON-[0-9A-F]{12}$/);
    expect(await api.record('/donations', body, key)).toEqual({ ...first, repeated: true });
    expect((await api.get(`/donations/${first.id}`)).status).toBe(200);
  });
});
