// demand: Italy asks for masks and gets them bit by bit.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { openFor } from '../open-for.js';
import { circumstances } from '../nest/circumstances.js';
import { Clerk } from '../nest/clerk.js';
import { prepare } from '../nest/open-house.js';
import { Recorder } from '../nest/recorder.js';
import type { ReportFormat } from '../nest/report.answers.js';
import { Reporter } from '../nest/reporter.js';
import { STORES, type Stores } from '../store/stores.js';
import type { DemandRow } from './demand.js';
import type { DemandQuery } from './demand.queries.js';
import { demandReport } from './demand.report.js';

async function openHouse() {
  const app = await NestFactory.createApplicationContext(AppModule.over(await openFor({ kind: 'memory' })), {
    logger: false,
  });
  await prepare(app);
  const actor = { id: 'u-17', role: 'logistician' };
  const shown = async (query: DemandQuery, format: ReportFormat) => {
    await app.get<Stores>(STORES).projector.catchUp();
    return (await app.get(Reporter).show(demandReport, { ...query, format }, format)).body;
  };
  return {
    /** A command of that day, reported on that day. */
    say: (day: string, name: string, body: object) =>
      app.get(Recorder).record(app.get(Clerk).command(name, { happenedAt: day, reportedAt: day, ...body }), {
        circumstances: circumstances({ actor, channel: 'api' }),
      }),
    rows: async (query: DemandQuery = {}) => (JSON.parse(await shown(query, 'json')) as { rows: DemandRow[] }).rows,
    shown,
    close: () => app.close(),
  };
}

describe('a request of Italy for 1,000 masks by 20 March', () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  let asked: string;
  const flown = async (day: string, consignment: string, quantity: number, accepted: number) => {
    await house.say(day, 'DispatchConsignment', {
      ...{ consignment, from: 'CNSHA', to: 'IT', lines: [{ item: 'MASK', donation: 'D-1', quantity }] },
    });
    if (accepted === 0) return;
    await house.say(day, 'RecordDelivery', {
      ...{ consignment, recipient: 'IT-RC', proof: 'reported', lines: [{ item: 'MASK', accepted }] },
    });
  };

  beforeAll(async () => {
    house = await openHouse();
    const { say } = house;
    await say('2020-03-01', 'RegisterOrganisation', { organisation: 'JMF', name: 'Jack Ma Foundation' });
    await say('2020-03-01', 'RegisterOrganisation', { organisation: 'IT-RC', name: 'Croce Rossa Italiana' });
    await say('2020-03-02', 'PledgeDonation', { donation: 'D-1', donor: 'JMF', lines: [] });
    await flown('2020-03-05', 'C-1', 77, 77);
    const request = { request: 'REQ-1', country: 'IT', item: 'MASK', quantity: 1_000, neededBy: '2020-03-20' };
    asked = (await say('2020-03-10', 'RecordRequest', request)).events[0]!;
  });
  afterAll(() => house.close());

  it('is a gap of 1,000: what came before it does not count', async () => {
    expect(await house.rows({ until: '2020-03-10' })).toEqual([
      {
        ...{
          country: 'IT',
          item: 'MASK',
          unit: 'piece',
          requests: ['REQ-1'],
          requested: 1_000,
          neededBy: '2020-03-20',
        },
        ...{ delivered: 0, deliveredConfirmed: 0, atHub: 0, inTransit: 0, gap: 1_000, overdue: 0 },
      },
    ]);
  });

  it('closes as goods get under way and are delivered', async () => {
    await flown('2020-03-12', 'C-2', 600, 0);
    await house.say('2020-03-15', 'RecordDelivery', {
      ...{ consignment: 'C-2', recipient: 'IT-RC', proof: 'confirmed', lines: [{ item: 'MASK', accepted: 500 }] },
    });

    expect(await house.rows({ until: '2020-03-12' })).toMatchObject([{ delivered: 0, inTransit: 600, gap: 400 }]);
    expect(await house.rows({ until: '2020-03-15' })).toMatchObject([
      { delivered: 500, deliveredConfirmed: 500, inTransit: 100, gap: 400, overdue: 0, neededBy: '2020-03-20' },
    ]);
  });

  it('counts what a hub has set aside for Italy, not what is for nobody yet', async () => {
    await house.say('2020-03-16', 'DispatchConsignment', {
      ...{ consignment: 'C-3', from: 'CNSHA', to: 'BELGG' },
      lines: [{ item: 'MASK', donation: 'D-1', quantity: 900 }],
    });
    await house.say('2020-03-17', 'RecordReceipt', {
      ...{ consignment: 'C-3', hub: 'BELGG', complete: true, lines: [{ item: 'MASK', good: 900 }] },
    });
    expect(await house.rows({ until: '2020-03-17' })).toMatchObject([{ atHub: 0, gap: 400 }]);

    await house.say('2020-03-18', 'AllocateStock', { hub: 'BELGG', item: 'MASK', quantity: 400, to: 'IT' });
    expect(await house.rows({ until: '2020-03-18' })).toMatchObject([{ atHub: 400, inTransit: 100, gap: 0 }]);
  });

  it('is overdue the day after, as far as nothing was delivered', async () => {
    expect(await house.rows({ until: '2020-03-20' })).toMatchObject([{ overdue: 0 }]);
    expect(await house.rows({ until: '2020-03-21' })).toMatchObject([{ overdue: 500, gap: 0 }]);
    expect(await house.rows()).toMatchObject([{ overdue: 500 }]);
    expect(await house.shown({ until: '2020-03-21' }, 'table')).toMatch(
      /IT +MASK +piece +REQ-1 +2020-03-20 +1,000 +500 +500 +100 +400 +0 +500\n/,
    );
  });

  it('adds up with a later one; what is delivered serves the sooner first', async () => {
    const later = { request: 'REQ-2', country: 'IT', item: 'MASK', quantity: 200, neededBy: '2020-04-30' };
    await house.say('2020-03-22', 'RecordRequest', later);
    await flown('2020-03-23', 'C-4', 550, 550);

    expect(await house.rows({ until: '2020-03-22' })).toMatchObject([{ requested: 1_200, neededBy: '2020-03-20' }]);
    expect(await house.rows({ until: '2020-03-23' })).toMatchObject([
      {
        requests: ['REQ-1', 'REQ-2'],
        requested: 1_200,
        delivered: 1_050,
        neededBy: '2020-04-30',
        overdue: 0,
        gap: -350,
      },
    ]);
  });

  it('is no more when it is withdrawn, and still was before', async () => {
    await house.say('2020-03-25', 'WithdrawRequest', { request: 'REQ-2' });

    expect(await house.rows({ until: '2020-03-25' })).toMatchObject([{ requests: ['REQ-1'], neededBy: null }]);
    expect(await house.rows({ until: '2020-03-24' })).toMatchObject([{ requests: ['REQ-1', 'REQ-2'] }]);
    expect(await house.rows({ knownAt: '2020-03-24' })).toMatchObject([{ requests: ['REQ-1', 'REQ-2'] }]);
  });

  it('is of another country when it is corrected, and still was of Italy as known before', async () => {
    const body = { country: 'FR', item: 'MASK', quantity: 1_000, neededBy: '2020-03-20', happenedAt: '2020-03-10' };
    await house.say('2020-03-26', 'CorrectRequestEntry', {
      ...{ request: 'REQ-1', event: asked, reason: 'incorrect_data', note: 'wrong sheet' },
      restated: { command: 'RecordRequest', body: { request: 'REQ-1', ...body } },
    });

    expect(await house.rows()).toMatchObject([{ country: 'FR', delivered: 0, gap: 1_000 }]);
    expect(await house.rows({ country: 'IT' })).toEqual([]);
    expect(await house.rows({ country: 'FR' })).toHaveLength(1);
    expect(await house.rows({ country: 'IT', knownAt: '2020-03-25' })).toHaveLength(1);
    expect(await house.rows({ item: 'VENTILATOR' })).toEqual([]);
  });
});
