// Every way to be refused over HTTP: the status, the code, and words that say what to do.
import { Api, donationAtLiege, problems } from './app.js';

const happenedAt = '2020-03-16';
const line = { item: 'MASK', quantity: 10, destination: 'IT' };

describe('an input that cannot be recorded', () => {
  let api: Api;

  beforeAll(async () => {
    api = await Api.open();
    await donationAtLiege(api, 'FIRST', 1_000);
  });

  afterAll(() => api.close());

  describe('400: says field, rule and value', () => {
    const pledge = (changes: object) =>
      api.post('/donations', { happenedAt, donation: 'BAD', donor: 'JMF', lines: [line], ...changes });

    it.each<[string, object, [string, RegExp, unknown][]]>([
      ['a field that is missing', { donor: undefined }, [['donor', /3 to 40 letters/, undefined]]],
      ['a field of the wrong kind', { donor: 17 }, [['donor', /3 to 40 letters/, 17]]],
      ['a field nobody knows', { donner: 'JMF' }, [['donner', /is not a field of this command/, 'JMF']]],
      ['a date that is none', { happenedAt: '16.03.2020' }, [['happenedAt', /must be a date/, '16.03.2020']]],
      [
        'a day the calendar does not have',
        { happenedAt: '2020-02-30' },
        [['happenedAt', /must be a date/, '2020-02-30']],
      ],
      [
        'a time without offset',
        { happenedAt: '2020-03-16T12:00' },
        [['happenedAt', /with offset/, '2020-03-16T12:00']],
      ],
      ['lines that are no list', { lines: 'all' }, [['lines', /must be an array/, 'all']]],
      [
        'a quantity in a line',
        { lines: [{ ...line, quantity: 0 }] },
        [['lines[0].quantity', /whole number of base units, 1 to/, 0]],
      ],
      ['half a piece', { lines: [{ ...line, quantity: 1.5 }] }, [['lines[0].quantity', /whole number/, 1.5]]],
      ['a number in quotes', { lines: [{ ...line, quantity: '10' }] }, [['lines[0].quantity', /whole number/, '10']]],
      ['a field nobody knows in a line', { lines: [{ ...line, price: 3 }] }, [['lines[0].price', /is not a field/, 3]]],
      [
        'a destination that is none',
        { lines: [{ ...line, destination: 'it' }] },
        [['lines[0].destination', /a country \(IT\)/, 'it']],
      ],
      ['a reference that is too long', { donation: 'X'.repeat(41) }, [['donation', /3 to 40/, 'X'.repeat(41)]]],
      [
        'every fault at once',
        { donor: '?', lines: [line, { ...line, item: '', quantity: -1 }] },
        [
          ['donor', /3 to 40/, '?'],
          ['lines[1].item', /3 to 40/, ''],
          ['lines[1].quantity', /whole number/, -1],
        ],
      ],
    ])('%s', async (_, changes, expected) => {
      const reply = await pledge(changes);

      expect(reply.status).toBe(400);
      expect(reply.json).toMatchObject({ status: 400, code: 'INVALID' });
      const found = problems(reply);
      const places = new Set(found.map(([field, , value]) => JSON.stringify([field, value])));
      expect([...places]).toEqual(expected.map(([field, , value]) => JSON.stringify([field, value])));
      for (const [field, rule] of expected) {
        expect(found.filter(([at]) => at === field).map(([, text]) => text)).toContainEqual(
          expect.stringMatching(rule),
        );
      }
      for (const [field] of expected) expect(reply.json.message).toContain(field);
    });

    it('what cannot have happened yet', async () => {
      const soon = new Date(Date.now() + 6 * 60_000).toISOString();
      const future = await pledge({ happenedAt: soon });
      expect(problems(future)).toEqual([
        ['happenedAt', expect.stringMatching(/must not lie in the future \(now is 20/), soon],
      ]);

      const known = await pledge({ reportedAt: soon });
      expect(problems(known)).toEqual([['reportedAt', expect.stringMatching(/not be later than the recording/), soon]]);
    });

    it('path and body that disagree', async () => {
      const reply = await api.post('/donations/FIRST/amendments', { happenedAt, donation: 'SECOND', lines: [line] });

      expect([reply.status, problems(reply)]).toEqual([
        400,
        [['donation', 'must be FIRST as in the path, or be left out', 'SECOND']],
      ]);
    });

    it.each([
      ['text that is no JSON', '{"happenedAt": ', {}],
      ['nothing at all', '', {}],
      ['JSON that is no object', '[1]', {}],
      ['a word', '"donation"', {}],
      ['null', 'null', {}],
    ])('%s', async (_, body) => {
      const reply = await api.post('/donations', body);

      expect(reply.status).toBe(400);
      expect(reply.json).toEqual(
        expect.objectContaining({ status: 400, code: 'INVALID', message: expect.stringMatching(/.{10}/) }),
      );
    });

    it('a date in a report, a number of lines, a format', async () => {
      const report = await api.get('/reports/countries?until=yesterday&format=pdf&timeZone=Europe/Liege&colour=red');
      expect(report.status).toBe(400);
      expect(
        problems(report)
          .map(([field]) => field)
          .sort(),
      ).toEqual(['colour', 'format', 'timeZone', 'until']);
      const list = await api.get('/events?limit=1001&from=-1');
      expect(
        problems(list)
          .map(([field]) => field)
          .sort(),
      ).toEqual(['from', 'limit']);
      const position = await api.get('/reports/countries?after=soon');
      expect(problems(position)).toEqual([['after', expect.stringMatching(/position/), 'soon']]);
    });

    it.each([
      ['Idempotency-Key', 'short'],
      ['If-Match', 'W/"x"'],
      ['Relief-Actor', 'Maria Rossi'],
    ])('a header %s that says nothing', async (header, value) => {
      const reply = await api.post(
        '/donations',
        { happenedAt, donor: 'JMF', lines: [line] },
        { [header.toLowerCase()]: value },
      );

      expect([reply.status, problems(reply)]).toEqual([400, [[header, expect.any(String), value]]]);
    });

    it('a confirmed contradiction without a note', async () => {
      const reply = await api.post('/consignments/IN-FIRST/losses', {
        happenedAt,
        cause: 'lost',
        contradiction: 'confirmed',
        lines: [{ item: 'MASK', quantity: 5 }],
      });

      expect([reply.status, problems(reply)]).toEqual([
        400,
        [['note', expect.stringMatching(/must say why the books are wrong/), undefined]],
      ]);
    });

    it('records nothing', async () => {
      const before = await api.events();
      await pledge({ lines: [line, { ...line, quantity: 0 }] });

      expect(await api.events()).toBe(before);
    });
  });

  describe('404: names what is not known', () => {
    it.each<[string, () => Promise<unknown>, RegExp]>([
      [
        'a donor',
        () => api.post('/donations', { happenedAt, donor: 'NOBODY', lines: [line] }),
        /no organisation NOBODY/,
      ],
      [
        'an item',
        () => api.post('/donations', { happenedAt, donor: 'JMF', lines: [{ ...line, item: 'MASQUE' }] }),
        /no item MASQUE/,
      ],
      [
        'a country',
        () => api.post('/donations', { happenedAt, donor: 'JMF', lines: [{ ...line, destination: 'ZZ' }] }),
        /no place ZZ/,
      ],
      [
        'a country of a group',
        () => api.post('/donations', { happenedAt, donor: 'JMF', lines: [{ ...line, destination: 'IT+ZZ' }] }),
        /no place ZZ/,
      ],
      [
        'a region',
        () => api.post('/donations', { happenedAt, donor: 'JMF', lines: [{ ...line, destination: 'Atlantis' }] }),
        /no region Atlantis/,
      ],
      [
        'a donation to amend',
        () => api.post('/donations/NEVER/amendments', { happenedAt, lines: [line] }),
        /no donation NEVER/,
      ],
      ['a donation to read', () => api.get('/donations/NEVER'), /no donation NEVER/],
      [
        'a consignment',
        () => api.post('/consignments/NEVER/arrivals', { happenedAt, place: 'BELGG' }),
        /no consignment NEVER/,
      ],
      ['a hub', () => api.get('/hubs/XXXXX/stock'), /no place XXXXX/],
      ['a country to report on', () => api.get('/reports/countries?country=ZZ'), /no country ZZ/],
      ['an item to report on', () => api.get('/reports/countries?item=MASQUE'), /no item MASQUE/],
      ['a part of the catalogue', () => api.get('/catalogue/people'), /people/],
      [
        'an entry to correct',
        () =>
          api.post('/donations/FIRST/corrections', {
            happenedAt,
            event: '00000000-0000-4000-8000-000000000000',
            reason: 'did_not_occur',
            note: 'It never was.',
          }),
        /no entry 00000000/,
      ],
      ['a page', () => api.get('/nowhere'), /nowhere/],
    ])('%s', async (_, ask, message) => {
      const reply = (await ask()) as Awaited<ReturnType<Api['get']>>;

      expect(reply.status).toBe(404);
      expect(reply.json).toMatchObject({ status: 404, code: 'UNKNOWN', message: expect.stringMatching(message) });
    });
  });

  describe('409: says why, with the figures', () => {
    it('a donation number that is taken', async () => {
      const reply = await api.post('/donations', { happenedAt, donation: 'FIRST', donor: 'JMF', lines: [line] });

      expect(reply.status).toBe(409);
      expect(reply.json).toMatchObject({
        code: 'DONATION_EXISTS',
        message: expect.stringMatching(/FIRST.*other content/),
        figures: { donor: 'JMF', lines: [{ item: 'MASK', quantity: 1_000, destination: 'undecided' }] },
      });
    });

    it('a pledge that was cancelled', async () => {
      await api.record('/donations', { happenedAt, donation: 'OFF', donor: 'JMF', lines: [line] });
      await api.record('/donations/OFF/cancellation', { happenedAt });
      const reply = await api.post('/donations/OFF/amendments', { happenedAt, lines: [line] });

      expect([reply.status, reply.json.code]).toEqual([409, 'PLEDGE_CANCELLED']);
    });

    it('goods that are not in stock', async () => {
      const reply = await api.post('/consignments', {
        happenedAt,
        from: 'BELGG',
        to: 'IT',
        lines: [{ item: 'MASK', quantity: 1_001 }],
      });

      expect(reply.status).toBe(409);
      expect(reply.json).toMatchObject({
        code: 'NOT_ENOUGH_STOCK',
        message: expect.stringMatching(/1,001 MASK for IT.*1,000 for undecided/),
        figures: { item: 'MASK', destination: 'IT', wanted: 1_001 },
      });
    });

    it('an item registered before in other words', async () => {
      const reply = await api.post('/catalogue/items', { happenedAt, item: 'MASK', name: 'Mask', unit: 'box' });

      expect([reply.status, reply.json.code, reply.json.figures.registered.unit]).toEqual([
        409,
        'ALREADY_REGISTERED',
        'piece',
      ]);
    });

    it('a fact the books do not agree with, until it is confirmed with a note', async () => {
      await api.record('/consignments', {
        happenedAt,
        consignment: 'CON-1',
        from: 'CNHGH',
        to: 'IT',
        lines: [{ item: 'MASK', donation: 'FIRST', quantity: 480 }],
      });
      const delivery = {
        happenedAt,
        recipient: 'CROCE-ROSSA',
        proof: 'reported',
        lines: [{ item: 'MASK', accepted: 500 }],
      };
      const before = await api.events();

      const refused = await api.post('/consignments/CON-1/deliveries', delivery);

      expect(refused.status).toBe(409);
      expect(refused.json).toMatchObject({
        code: 'CONTRADICTS_BOOKS',
        message: expect.stringMatching(/CON-1.*\b20\b.*contradiction "confirmed"/),
        figures: { beyond: [{ item: 'MASK', quantity: 20 }], underWay: [{ item: 'MASK', quantity: 480 }] },
      });
      expect(await api.events()).toBe(before);

      const note = 'The pallet was packed too full.';
      const { position } = await api.record('/consignments/CON-1/deliveries', {
        ...delivery,
        contradiction: 'confirmed',
        note,
      });

      expect((await api.get('/consignments/CON-1')).json.entries.at(-1).data).toMatchObject({
        contradiction: 'confirmed',
        note,
      });
      const { rows } = (await api.get(`/reports/countries?country=IT&after=${position}`)).json;
      expect(rows).toMatchObject([{ delivered: 500, inTransit: 0, unexplained: -20 }]);
    });
  });

  describe('412: somebody was faster', () => {
    it('when the record is not at the version of If-Match', async () => {
      await api.record('/donations', { happenedAt, donation: 'RACE', donor: 'JMF', lines: [line] });
      const amend = (quantity: number, ifMatch: string) =>
        api.post('/donations/RACE/amendments', { happenedAt, lines: [{ ...line, quantity }] }, { 'if-match': ifMatch });

      expect((await amend(20, '0')).json).toMatchObject({ version: 1 });
      const late = await amend(30, '"0"');

      expect(late.status).toBe(412);
      expect(late.json).toMatchObject({
        code: 'CONFLICT',
        message: 'donation-RACE is at version 1, not 0: read it again and decide again.',
      });
      expect((await amend(30, '"1"')).json).toMatchObject({ version: 2 });
      expect((await api.get('/donations/RACE')).json.state.lines).toMatchObject([{ quantity: 30 }]);
    });

    it('once, when two decide on the same version', async () => {
      await api.record('/donations', { happenedAt, donation: 'TWO', donor: 'JMF', lines: [line] });
      const both = await Promise.all(
        [20, 30].map((quantity) =>
          api.post('/donations/TWO/amendments', { happenedAt, lines: [{ ...line, quantity }] }, { 'if-match': '0' }),
        ),
      );

      expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
    });

    it('never, without If-Match: who comes later decides on what stands then', async () => {
      await api.record('/donations', { happenedAt, donation: 'MANY', donor: 'JMF', lines: [line] });
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          api.post('/donations/MANY/amendments', { happenedAt, lines: [{ ...line, quantity: 100 + n }] }),
        ),
      );

      expect(new Set(all.map(({ status }) => status))).toEqual(new Set([201]));
      expect((await api.get('/donations/MANY')).json.version).toBe(20);
    });
  });

  it('413: a body of more than a megabyte', async () => {
    const reply = await api.post('/donations', { happenedAt, donor: 'JMF', lines: [], note: 'x'.repeat(1_100_000) });

    expect([reply.status, reply.json.code]).toEqual([413, 'INVALID']);
  });

  it('415: a body in a language that is not spoken here', async () => {
    const reply = await api.post('/donations', '<donation/>', { 'content-type': 'application/xml' });

    expect([reply.status, reply.json.code]).toEqual([415, 'INVALID']);
  });
});
