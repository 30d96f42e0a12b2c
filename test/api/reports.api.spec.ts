// The country report over HTTP: its shape, its formats, its two dates.
import { Api, donationAtLiege } from './app.js';

const QUANTITIES = [
  'pledged',
  'atHub',
  'inTransit',
  'delivered',
  'deliveredConfirmed',
  'rejected',
  'damaged',
  'lost',
  'returned',
  'unexplained',
];

describe('the country report', () => {
  let api: Api;
  let last: number;
  const report = async (query: string) => (await api.get(`/reports/countries?${query}`)).json;

  beforeAll(async () => {
    api = await Api.open();
    await donationAtLiege(api, 'STOCK', 1_000);
    const pledge = (donation: string, happenedAt: string, reportedAt: string, quantity: number, destination: string) =>
      api.record('/donations', {
        happenedAt,
        reportedAt,
        donation,
        donor: 'JMF',
        lines: [{ item: 'MASK', quantity, destination }],
      });
    await pledge('ITALY', '2020-03-10T23:59:59.999Z', '2020-03-12T12:00Z', 500, 'IT');
    await pledge('AFRICA', '2020-03-11', '2020-03-16', 6_000_000, 'Africa');
    await pledge('GROUP', '2020-03-11', '2020-03-16', 300, 'SI+BE+FR');
    await pledge('BELGIUM', '2020-03-15T23:30-02:00', '2020-03-16T01:30Z', 70, 'BE');
    await api.record('/consignments', {
      happenedAt: '2020-03-14',
      consignment: 'OUT',
      from: 'BELGG',
      to: 'IT',
      lines: [{ item: 'MASK', quantity: 400 }],
    });
    const deliver = (proof: string, accepted: number) =>
      api.record('/consignments/OUT/deliveries', {
        happenedAt: '2020-03-15T10:00Z',
        recipient: 'CROCE-ROSSA',
        proof,
        lines: [{ item: 'MASK', accepted }],
      });
    await deliver('reported', 150);
    ({ position: last } = await deliver('confirmed', 50));
    await api.get(`/reports/countries?after=${last}`);
  });

  afterAll(() => api.close());

  it('says what it is of, and a row per country and item, exactly so', async () => {
    const { asOf, rows } = await report('');

    expect(asOf).toEqual({ until: null, knownAt: null, position: last, events: await api.events() });
    expect(rows.find(({ country }: { country: string }) => country === 'IT')).toEqual({
      country: 'IT',
      item: 'MASK',
      unit: 'piece',
      pledged: 500,
      atHub: 0,
      inTransit: 200,
      delivered: 200,
      deliveredConfirmed: 50,
      rejected: 0,
      damaged: 0,
      lost: 0,
      returned: 0,
      unexplained: 0,
    });
  });

  it('names the destination where no country is decided, behind the countries', async () => {
    const { rows } = await report('');

    expect(
      rows.map(({ country, destination }: { country: string; destination?: string }) => [country, destination]),
    ).toEqual([
      ['BE', undefined],
      ['IT', undefined],
      [null, 'Africa'],
      [null, 'BE+FR+SI'],
      [null, 'undecided'],
    ]);
    for (const row of rows) {
      const keys = ['country', ...(row.country ? [] : ['destination']), 'item', 'unit', ...QUANTITIES];
      expect(Object.keys(row)).toEqual(keys);
      expect(QUANTITIES.map((column) => typeof row[column])).toEqual(QUANTITIES.map(() => 'number'));
    }
    expect(rows.at(-1)).toMatchObject({ pledged: 1_000, atHub: 600 });
  });

  it.each([
    ['country=IT', ['IT']],
    ['country=it', ['IT']],
    ['country=Africa', ['Africa']],
    ['country=undecided', ['undecided']],
    ['country=FR%2BSI%2BBE', ['BE+FR+SI']],
    ['country=DE', []],
    ['item=NAT-KIT', []],
    ['item=mask&country=BE', ['BE']],
  ])('can be asked for less: %s', async (query, expected) => {
    const { rows } = await report(query);

    expect(
      rows.map(({ country, destination }: { country: string; destination: string }) => country ?? destination),
    ).toEqual(expected);
  });

  describe('until', () => {
    const italy = async (until: string) => (await report(`country=IT&until=${encodeURIComponent(until)}`)).rows[0];

    it.each([
      ['a date is its whole day', '2020-03-10', 500],
      ['the day before is not', '2020-03-09', undefined],
      ['a moment counts itself', '2020-03-10T23:59:59.999Z', 500],
      ['the moment before does not', '2020-03-10T23:59:59.998Z', undefined],
      ['a moment is the same in any offset', '2020-03-11T00:59:59.999+01:00', 500],
    ])('%s', async (_, until, pledged) => {
      expect((await italy(until))?.pledged).toBe(pledged);
    });

    it('is a day of the time zone that is named', async () => {
      const belgium = async (timeZone: string) =>
        (await report(`country=BE&until=2020-03-15&timeZone=${timeZone}`)).rows.length;

      // It happened at 01:30 on the 16th in UTC, still the evening of the 15th in New York.
      expect(await belgium('UTC')).toBe(0);
      expect(await belgium('Europe/Brussels')).toBe(0);
      expect(await belgium('America/New_York')).toBe(1);
    });

    it('is said as an instant', async () => {
      expect((await report('until=2020-03-10')).asOf.until).toBe('2020-03-10T23:59:59.999Z');
      expect((await report('until=2020-03-10&timeZone=Europe/Brussels')).asOf.until).toBe('2020-03-10T22:59:59.999Z');
      expect((await report('until=2020-03-10T10:00Z')).asOf.until).toBe('2020-03-10T10:00:00.000Z');
    });

    it('counts each move from its moment on', async () => {
      const row = (inTransit: number, delivered: number) => ({ pledged: 500, inTransit, delivered });
      expect(await italy('2020-03-13')).toMatchObject(row(0, 0));
      expect(await italy('2020-03-14')).toMatchObject(row(400, 0));
      expect(await italy('2020-03-15T09:59:59.999Z')).toMatchObject(row(400, 0));
      expect(await italy('2020-03-15T10:00Z')).toMatchObject(row(200, 200));
      expect(await italy('2020-03-15')).toMatchObject(row(200, 200));
    });
  });

  describe('knownAt', () => {
    it.each([
      ['2020-03-11', []],
      ['2020-03-12T11:59:59.999Z', []],
      ['2020-03-12T12:00Z', ['IT']],
      ['2020-03-12', ['IT']],
      ['2020-03-15', ['IT']],
      ['2020-03-16T00:00Z', ['IT', 'Africa', 'BE+FR+SI']],
      ['2020-03-16', ['BE', 'IT', 'Africa', 'BE+FR+SI']],
    ])('%s', async (knownAt, expected) => {
      const { rows, asOf } = await report(`knownAt=${knownAt}`);

      expect(
        rows.map(({ country, destination }: { country: string; destination: string }) => country ?? destination),
      ).toEqual(expected);
      expect(asOf.knownAt).toMatch(/^2020-03-1\dT/);
    });

    it('and until limit together', async () => {
      expect((await report('until=2020-03-11&knownAt=2020-03-16')).rows).toHaveLength(3);
      expect((await report('until=2020-03-10&knownAt=2020-03-16')).rows).toHaveLength(1);
      expect((await report('until=2020-03-10&knownAt=2020-03-11')).rows).toHaveLength(0);
    });
  });

  it('comes as CSV, with what it is of in every row', async () => {
    const { headers, text } = await api.get('/reports/countries?country=IT&until=2020-03-31&format=csv');

    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text.trimEnd().split(/\r?\n/)).toEqual([
      `country,destination,item,unit,${QUANTITIES.join(',')},until,knownAt,position,events`,
      `IT,,MASK,piece,500,0,200,200,50,0,0,0,0,0,2020-03-31T23:59:59.999Z,,${last},${await api.events()}`,
    ]);
  });

  it('comes as a table that a person reads', async () => {
    const { headers, text } = await api.get('/reports/countries?format=table');

    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text).toMatch(/IT Italy +MASK +piece +500 +0 +200 +200 +50\n/);
    expect(text).toMatch(/Africa +MASK +piece +6,000,000 /);
    expect(text).toContain('Zero everywhere: rejected, damaged, lost, returned, unexplained.');
    expect(text).toContain(`Log position ${last}, `);
  });

  it('says so when there is nothing', async () => {
    expect((await api.get('/reports/countries?country=DE&format=table')).text).toContain(
      'Nothing recorded for this question.',
    );
  });

  it('is JSON, never kept by a cache', async () => {
    const { headers } = await api.get('/reports/countries');

    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(headers['cache-control']).toBe('no-store');
  });
});
