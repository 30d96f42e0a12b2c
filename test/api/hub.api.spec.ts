// Stock of a hub over HTTP: set aside, taken back, sent; and never more than there is, however many ask at once.
import { Api, donationAtLiege } from './app.js';

const happenedAt = '2020-03-16';

describe('1,000 undecided masks at Liege', () => {
  let api: Api;
  const stock = async (): Promise<Record<string, number>> => {
    const lines = (await api.get('/hubs/BELGG/stock')).json as { earmark: string; quantity: number }[];
    return Object.fromEntries(lines.map(({ earmark, quantity }) => [earmark, quantity]).sort());
  };
  const allocate = (to: string, quantity: number, more: object = {}) =>
    api.post('/hubs/BELGG/allocations', { happenedAt, item: 'MASK', quantity, to, ...more });
  const send = (to: string, quantity: number) =>
    api.post('/consignments', { happenedAt, from: 'BELGG', to, lines: [{ item: 'MASK', quantity }] });

  beforeEach(async () => {
    api = await Api.open();
    await donationAtLiege(api, 'STOCK', 1_000);
  });

  afterEach(() => api.close());

  it('are set aside for a country, taken back, and sent', async () => {
    expect((await allocate('IT', 300)).json).toMatchObject({ id: 'BELGG', stream: 'hub-BELGG', version: 0 });
    expect(await stock()).toEqual({ IT: 300, undecided: 700 });

    await api.record('/hubs/belgg/releases', { happenedAt, item: 'MASK', quantity: 100, from: 'IT' });
    expect(await stock()).toEqual({ IT: 200, undecided: 800 });

    await api.record('/consignments', {
      happenedAt,
      from: 'BELGG',
      to: 'IT',
      lines: [{ item: 'MASK', quantity: 250 }],
    });
    expect(await stock()).toEqual({ undecided: 750 });
  });

  it('are not given to one country when they are set aside for another', async () => {
    await allocate('IT', 900);
    const refused = await send('ES', 200);

    expect(refused.json).toMatchObject({
      status: 409,
      code: 'NOT_ENOUGH_STOCK',
      message: expect.stringMatching(/900 for IT, 100 for undecided|100 for undecided, 900 for IT/),
    });
    expect((await allocate('ES', 200)).json).toMatchObject({ status: 409, figures: { wanted: 200, available: 100 } });
    expect((await allocate('ES', 200, { from: 'IT' })).status).toBe(201);
    expect(await stock()).toEqual({ ES: 200, IT: 700, undecided: 100 });
  });

  it('go to a group and from it to one of its countries', async () => {
    await allocate('SI+BE+FR', 500);
    expect(await stock()).toEqual({ 'BE+FR+SI': 500, undecided: 500 });
    await allocate('BE', 600);

    expect(await stock()).toEqual({ BE: 600, undecided: 400 });
  });

  it('go to a region and from it to one of its countries', async () => {
    await allocate('Africa', 500);
    await allocate('ET', 100);
    expect(await stock()).toEqual({ Africa: 400, ET: 100, undecided: 500 });
    expect((await allocate('IT', 501)).json).toMatchObject({ status: 409, figures: { available: 500 } });
  });

  it('are no more than 1,000', async () => {
    const refused = await allocate('IT', 1_001);

    expect(refused.status).toBe(409);
    expect(refused.json).toMatchObject({
      code: 'NOT_ENOUGH_STOCK',
      figures: { hub: 'BELGG', item: 'MASK', wanted: 1_001, available: 1_000 },
    });
    expect(await stock()).toEqual({ undecided: 1_000 });
    expect((await allocate('IT', 1_000)).status).toBe(201);
  });

  it.each([
    ['nothing', { quantity: 0 }, 400],
    ['what has that earmark already', { to: 'undecided', from: 'undecided' }, 400],
    ['an item nobody knows', { item: 'MASQUE' }, 404],
    ['an item that is not there', { item: 'NAT-KIT' }, 409],
    ['goods of a donation that nobody pledged', { donation: 'OTHER' }, 404],
    ['a lot that is not there', { lot: 'L-1' }, 409],
  ])('are not set aside: %s', async (_, more, status) => {
    expect((await allocate('IT', 10, more)).status).toBe(status);
    expect(await stock()).toEqual({ undecided: 1_000 });
  });

  it('suffice for exactly 10 of 20 who ask for 100 at once', async () => {
    const countries = ['IT', 'ES', 'FR', 'BE', 'SI', 'DE', 'AT', 'PT', 'GR', 'RO'];
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => allocate(countries[n % 10]!, 100)));

    const granted = all.filter(({ status }) => status === 201);
    expect(granted).toHaveLength(10);
    for (const { json } of all.filter(({ status }) => status !== 201))
      expect(json).toMatchObject({ status: 409, code: 'NOT_ENOUGH_STOCK' });
    const left = await stock();
    expect(Object.values(left).every((quantity) => quantity > 0)).toBe(true);
    expect(Object.values(left).reduce((sum, quantity) => sum + quantity, 0)).toBe(1_000);
    expect(left['undecided']).toBeUndefined();
  });

  it('suffice for exactly 10 of 20 who send or set aside 100 at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? send('IT', 100) : allocate('ES', 100))),
    );

    const granted = all.flatMap(({ status }, n) => (status === 201 ? [n % 2 ? 'sent' : 'set aside'] : []));
    expect(granted).toHaveLength(10);
    const aside = granted.filter((what) => what === 'set aside').length * 100;
    expect(await stock()).toEqual(aside > 0 ? { ES: aside } : {});
  });

  it('are corrected as any other entry: an allocation that never was', async () => {
    const { events } = (await allocate('IT', 300)).json;
    await api.record('/hubs/BELGG/corrections', {
      happenedAt,
      event: events[0],
      reason: 'did_not_occur',
      note: 'Wrong country.',
    });

    expect(await stock()).toEqual({ undecided: 1_000 });
  });

  it('lie at a hub that is listed', async () => {
    expect((await api.get('/hubs')).json).toContainEqual(
      expect.objectContaining({ place: 'BELGG', kind: 'hub', country: 'BE' }),
    );
  });
});
