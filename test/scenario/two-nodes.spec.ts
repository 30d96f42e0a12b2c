// Two application nodes over one log: what one records, the other knows; and together they give nothing away twice.
import { newFolder } from '../contract/folder.js';
import { upTo } from '../contract/proposed.js';
import { heard } from '../faults/heard.js';
import { EventStoreServer } from '../support/esdb/server.js';
import { isClean, verify } from '../../src/audit/verify.js';
import { STORES, type Stores } from '../../src/store/stores.js';
import { Api, donationAtLiege, pledge } from '../api/app.js';

const happenedAt = '2020-03-16';

describe('two nodes over one log', () => {
  let server: EventStoreServer;
  let nodes: Api[];
  let hoursBack = 0;
  const node = () =>
    Api.open({ kind: 'folder', folder: newFolder(), use: 'write', eventStore: server.connectionString });

  beforeEach(async () => {
    hoursBack = 0;
    const now = () => new Date(Date.now() - hoursBack * 3_600_000);
    server = await EventStoreServer.start({ statsEvery: 20, clock: { now } });
    nodes = await Promise.all([node(), node()]);
  }, 60_000);

  afterEach(async () => {
    server.faults.liftAll();
    await Promise.all(nodes.map((api) => api.app.close()));
    await server.stop();
  });

  /** What a node says once it includes everything that was answered. */
  const report = async (api: Api, after: number) =>
    (await api.get(`/reports/countries?after=${after}`)).json as { asOf: { events: number }; rows: object[] };

  it('register the default catalogue once, though both began at the same time', async () => {
    const [one, two] = await Promise.all(nodes.map(async (api) => (await api.get('/catalogue/places')).json));

    expect(one).toEqual(two);
    const events = server.log.events().filter(({ type }) => type === 'PlaceRegistered');
    expect(events).toHaveLength((one as object[]).length);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('answer for each other: what one recorded, the other shows when it is asked for that position', async () => {
    const [one, two] = nodes;
    await donationAtLiege(one!, 'FIRST', 1_000);
    const { position } = await one!.record('/donations', pledge('SECOND'));

    const there = await report(two!, position);

    expect(there.rows).toContainEqual(expect.objectContaining({ country: 'IT', pledged: 10 }));
    expect(there).toEqual(await report(one!, position));
  });

  it('know the other one’s records without being asked for a position', async () => {
    const [one, two] = nodes;
    await donationAtLiege(one!, 'FIRST', 1_000);
    const { projector } = two!.app.get<Stores>(STORES);

    // One of them may be found when the other node looks for itself; two in a row are not.
    await heard(projector, (await one!.record('/donations', pledge('SECOND'))).position);
    await heard(projector, (await one!.record('/donations', pledge('THIRD'))).position);

    expect((await two!.get('/donations/THIRD')).status).toBe(200);
  });

  it('take a command that was sent to both of them once', async () => {
    const [one] = nodes;
    await donationAtLiege(one!, 'FIRST', 1_000);
    const before = server.log.events().length;

    const answers = await Promise.all(
      upTo(10).map((n) => nodes[n % 2]!.post('/donations', pledge('TWICE'), { 'idempotency-key': 'the-same-command' })),
    );

    expect(answers.map(({ status }) => status)).toEqual(upTo(10).map(() => 201));
    expect(new Set(answers.map(({ json }) => json.position as number)).size).toBe(1);
    expect(server.log.events()).toHaveLength(before + 1);
  });

  it('decide again when the other one was faster on the same record', async () => {
    const [one] = nodes;
    await donationAtLiege(one!, 'FIRST', 1_000);
    await one!.record('/donations', pledge('RACE'));

    const answers = await Promise.all(
      upTo(12).map((n) =>
        nodes[n % 2]!.post('/donations/RACE/amendments', {
          happenedAt,
          lines: [{ item: 'MASK', quantity: 100 + n, destination: 'IT' }],
        }),
      ),
    );

    const versions = answers.filter(({ status }) => status === 201).map(({ json }) => json.version as number);
    expect(versions.length).toBeGreaterThan(0);
    expect(new Set(versions).size).toBe(versions.length);
    expect(answers.filter(({ status }) => status !== 201).map(({ json }) => json.code as string)).toEqual(
      answers.filter(({ status }) => status !== 201).map(() => 'CONFLICT'),
    );
    const stream = server.log.stream('donation-RACE');
    expect(stream).toHaveLength(1 + versions.length);
  });

  it('let exactly one of two have a version that both decided on', async () => {
    const [one] = nodes;
    await donationAtLiege(one!, 'FIRST', 1_000);
    const { version } = await one!.record('/donations', pledge('IF-MATCH'));

    const both = await Promise.all(
      nodes.map((api, n) =>
        api.post(
          '/donations/IF-MATCH/amendments',
          { happenedAt, lines: [{ item: 'MASK', quantity: 20 + n, destination: 'IT' }] },
          { 'if-match': String(version) },
        ),
      ),
    );

    expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
  });

  it('never give more of a hub’s stock away than there is, whoever is asked', async () => {
    const [one, two] = nodes;
    await donationAtLiege(one!, 'STOCK', 1_000);
    const asked = upTo(20).map((n) =>
      nodes[n % 2]!.post('/consignments', {
        happenedAt,
        from: 'BELGG',
        to: 'IT',
        lines: [{ item: 'MASK', quantity: 100 }],
      }),
    );
    const allocated = upTo(6).map((n) =>
      nodes[n % 2]!.post('/hubs/BELGG/allocations', { happenedAt, item: 'MASK', quantity: 100, to: 'ES' }),
    );

    const answers = await Promise.all([...asked, ...allocated]);

    const taken = answers.filter(({ status }) => status === 201);
    expect(taken).toHaveLength(10);
    for (const { status, json } of answers.filter((answer) => !taken.includes(answer))) {
      expect([status, json.code]).toEqual([409, 'NOT_ENOUGH_STOCK']);
    }
    const last = Math.max(...taken.map(({ json }) => json.position as number));
    for (const api of [one!, two!]) {
      await report(api, last);
      const verdict = await verify(api.app.get<Stores>(STORES));
      expect(verdict.exceptions).toEqual([]);
      expect(isClean(verdict)).toBe(true);
    }
  }, 60_000);

  it('keep their books in order when the clock of the event store goes back an hour, and say that it did', async () => {
    const [one, two] = nodes;
    await donationAtLiege(one!, 'FIRST', 1_000);
    hoursBack = 1;
    const { position } = await two!.record('/donations', pledge('SECOND'));
    await report(one!, position);

    const verdict = await verify(one!.app.get<Stores>(STORES));

    expect(isClean(verdict)).toBe(true);
    expect(verdict.clocks).toEqual([expect.stringMatching(/was recorded .*, after one recorded/)]);
  });

  it('say the same as a third one that comes later', async () => {
    const [one, two] = nodes;
    await donationAtLiege(one!, 'FIRST', 1_000);
    await two!.record('/donations', pledge('SECOND'));
    const late = await node();
    nodes.push(late);

    const { position } = late.app.get<Stores>(STORES).projector.checkpoint;

    const reports = await Promise.all(nodes.map((api) => report(api, position)));
    expect(reports[1]).toEqual(reports[0]);
    expect(reports[2]).toEqual(reports[0]);
  });
});
