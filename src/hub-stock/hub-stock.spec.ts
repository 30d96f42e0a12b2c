// hub stock: a flight of masks at Liege, as the storekeeper sees it on any day.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { openFor } from '../open-for.js';
import type { Refused } from '../kernel/errors.js';
import { circumstances } from '../nest/circumstances.js';
import { Clerk } from '../nest/clerk.js';
import { prepare } from '../nest/open-house.js';
import { Recorder } from '../nest/recorder.js';
import type { ReportFormat } from '../nest/report.answers.js';
import { Reporter } from '../nest/reporter.js';
import { STORES, type Stores } from '../store/stores.js';
import type { HubStockRow } from './hub-stock.js';
import type { HubStockQuery } from './hub-stock.queries.js';
import { hubStockReport } from './hub-stock.report.js';

async function openHouse() {
  const stores = await openFor({ kind: 'memory' });
  const app = await NestFactory.createApplicationContext(AppModule.over(stores), { logger: false });
  await prepare(app);
  const actor = { id: 'u-17', role: 'logistician' };
  const shown = async (query: Partial<HubStockQuery>, format: ReportFormat) => {
    await app.get<Stores>(STORES).projector.catchUp();
    return (await app.get(Reporter).show(hubStockReport, { hub: 'BELGG', ...query, format }, format)).body;
  };
  return {
    /** A command of that day, reported on that day. */
    say: (day: string, name: string, body: object) =>
      app.get(Recorder).record(app.get(Clerk).command(name, { happenedAt: day, reportedAt: day, ...body }), {
        circumstances: circumstances({ actor, channel: 'api' }),
      }),
    rows: async (query: Partial<HubStockQuery> = {}) =>
      (JSON.parse(await shown(query, 'json')) as { rows: HubStockRow[] }).rows,
    shown,
    entries: (stream: string) => stores.log.readStream(stream),
    close: () => app.close(),
  };
}

type House = Awaited<ReturnType<typeof openHouse>>;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'recorded',
    (error: Refused) => error.code,
  );

async function maskFlight({ say }: House): Promise<void> {
  const packs = [{ name: 'carton', holds: 2_000 }];
  await say('2020-03-01', 'RegisterItem', { item: 'MASK-CARTONS', name: 'Masks in cartons', unit: 'piece', packs });
  await say('2020-03-01', 'RegisterOrganisation', { organisation: 'JMF', name: 'Jack Ma Foundation' });
  await say('2020-03-02', 'PledgeDonation', { donation: 'D-1', donor: 'JMF', lines: [] });
  const goods = { item: 'MASK-CARTONS', pack: 'carton', lot: 'L-1' };
  await say('2020-03-13', 'DispatchConsignment', {
    ...{ consignment: 'C-1', from: 'CNHGH', to: 'BELGG' },
    lines: [{ ...goods, donation: 'D-1', quantity: 480, destination: 'IT', expiry: '2022-06-30' }],
  });
  await say('2020-03-14', 'RecordReceipt', {
    ...{ consignment: 'C-1', hub: 'BELGG', grn: 'GRN-1', complete: true },
    lines: [{ ...goods, good: 468, damaged: 12 }],
  });
}

const toItaly = (quantity: number) => ({
  ...{ from: 'BELGG', to: 'IT', lines: [{ item: 'MASK-CARTONS', quantity, pack: 'carton' }] },
});

describe('480 cartons, 12 of them damaged, held at customs for two days', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse();
    await maskFlight(house);
    await house.say('2020-03-14', 'RecordCustomsHold', {
      consignment: 'C-1',
      place: 'BELGG',
      reason: 'papers missing',
    });
  });
  afterAll(() => house.close());

  it('are shown apart, in pieces and in cartons', async () => {
    expect(await house.rows()).toMatchObject([
      {
        ...{ item: 'MASK-CARTONS', unit: 'piece', donation: 'D-1', lot: 'L-1', earmark: 'IT', expiry: '2022-06-30' },
        ...{
          quantity: 936_000,
          inPacks: '468 cartons',
          free: 0,
          heldByCustoms: 936_000,
          heldByLot: 0,
          damaged: 24_000,
        },
        holds: [{ by: 'customs', what: 'C-1', status: 'held', reason: 'papers missing', quantity: 936_000 }],
        oldestSince: '2020-03-14T00:00:00.000Z',
      },
    ]);
  });

  it('keep the pack that they were counted in beside the pieces', async () => {
    const [dispatched, received] = await house.entries('consignment-C-1');
    const pack = { name: 'carton', holds: 2_000 };

    expect(dispatched!.data).toMatchObject({ lines: [{ quantity: 960_000, pack }] });
    expect(received!.data).toMatchObject({ lines: [{ good: 936_000, damaged: 24_000, pack }] });
  });

  it('are shown so to people', async () => {
    const table = await house.shown({ until: '2020-03-15' }, 'table');

    expect(table).toContain('Stock at BELGG Liege airport');
    expect(table).toMatch(/IT .*468 cartons .*customs, C-1 held: papers missing +936,000 +0 +936,000 +24,000 +1\n/);
  });

  it('do not leave', async () => {
    expect(await codeOf(house.say('2020-03-15', 'DispatchConsignment', toItaly(100)))).toBe('CUSTOMS_HOLD');
  });

  it('are not freed by a declaration alone', async () => {
    await house.say('2020-03-15', 'RecordCustomsEntry', { consignment: 'C-1', place: 'BELGG', procedure: 'R' });

    expect(await house.rows()).toMatchObject([{ free: 0 }]);
    expect(await house.rows({ until: '2020-03-15' })).toMatchObject([{ free: 0 }]);
  });

  it('leave when they are cleared', async () => {
    await house.say('2020-03-16', 'RecordCustomsClearance', { consignment: 'C-1', place: 'BELGG' });

    expect(await codeOf(house.say('2020-03-16', 'DispatchConsignment', toItaly(100)))).toBe('recorded');
    expect(await house.rows()).toMatchObject([
      { quantity: 736_000, inPacks: '368 cartons', free: 736_000, heldByCustoms: 0, holds: [], damaged: 24_000 },
    ]);
  });

  it('are not held again by a hold that is told late', async () => {
    const told = { happenedAt: '2020-03-13', reason: 'inspection' };
    await house.say('2020-03-17', 'RecordCustomsHold', { consignment: 'C-1', place: 'BELGG', ...told });

    expect(await house.rows()).toMatchObject([{ free: 736_000 }]);
    expect(await house.rows({ until: '2020-03-17' })).toMatchObject([{ free: 736_000 }]);
  });

  it('were held on the days between, also by what was known then', async () => {
    const held = { free: 0, heldByCustoms: 936_000, expiry: '2022-06-30' };

    expect(await house.rows({ until: '2020-03-15' })).toMatchObject([{ ...held, dwellDays: 1 }]);
    expect(await house.rows({ knownAt: '2020-03-15' })).toMatchObject([held]);
    expect(await house.rows({ until: '2020-03-16' })).toMatchObject([
      { free: 736_000, heldByCustoms: 0, dwellDays: 2 },
    ]);
    expect(await house.rows({ until: '2020-03-13' })).toEqual([]);
  });

  it('stand the same when nothing is left out by the dates', async () => {
    const later = { until: '2030-01-01', knownAt: '2030-01-01' };
    const undated = (rows: HubStockRow[]) => rows.map(({ dwellDays: _, ...row }) => row);

    expect(undated(await house.rows(later))).toEqual(undated(await house.rows()));
  });
});

describe('a lot at Liege', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse();
    await maskFlight(house);
    await house.say('2020-03-20', 'HoldLot', { item: 'MASK-CARTONS', lot: 'L-1', reason: 'failed the leak test' });
  });
  afterAll(() => house.close());

  it('does not leave while it is held', async () => {
    expect(await codeOf(house.say('2020-03-21', 'DispatchConsignment', toItaly(1)))).toBe('LOT_ON_HOLD');
    expect(await house.rows()).toMatchObject([
      { free: 0, heldByLot: 936_000, holds: [{ by: 'lot', status: 'held', reason: 'failed the leak test' }] },
    ]);
  });

  it('was free before, held, recalled and free again', async () => {
    await house.say('2020-03-22', 'RecallLot', { item: 'MASK-CARTONS', lot: 'L-1', reason: 'all batches leak' });
    await house.say('2020-03-24', 'ReleaseLot', { item: 'MASK-CARTONS', lot: 'L-1' });

    expect(await house.rows({ until: '2020-03-19' })).toMatchObject([{ free: 936_000, holds: [] }]);
    expect(await house.rows({ until: '2020-03-21' })).toMatchObject([{ free: 0, holds: [{ status: 'held' }] }]);
    expect(await house.rows({ until: '2020-03-23' })).toMatchObject([{ free: 0, holds: [{ status: 'recalled' }] }]);
    expect(await house.rows({ until: '2020-03-24' })).toMatchObject([{ free: 936_000, holds: [] }]);
    expect(await house.rows()).toMatchObject([{ free: 936_000, holds: [] }]);
  });

  it('leaves oldest first: what is left has been there since the later flight', async () => {
    await house.say('2020-03-26', 'DispatchConsignment', {
      ...{ consignment: 'C-2', from: 'CNHGH', to: 'BELGG' },
      lines: [{ item: 'MASK-CARTONS', donation: 'D-1', lot: 'L-1', quantity: 4_000, destination: 'IT' }],
    });
    await house.say('2020-03-27', 'RecordReceipt', {
      ...{ consignment: 'C-2', hub: 'BELGG', grn: 'GRN-2', complete: true },
      lines: [{ item: 'MASK-CARTONS', lot: 'L-1', good: 4_000 }],
    });
    await house.say('2020-03-28', 'DispatchConsignment', toItaly(468));

    expect(await house.rows({ until: '2020-03-27' })).toMatchObject([{ quantity: 940_000, dwellDays: 13 }]);
    expect(await house.rows({ until: '2020-03-30' })).toMatchObject([{ quantity: 4_000, dwellDays: 3 }]);
  });
});

it('asks for a hub that is one, and for an item that is registered', async () => {
  const house = await openHouse();

  await expect(house.rows({ hub: 'XXXXX' })).rejects.toThrow('There is no hub XXXXX');
  await expect(house.rows({ hub: 'IT' })).rejects.toThrow('must be a hub; IT is registered as country');
  await expect(house.rows({ item: 'MASQUE' })).rejects.toThrow('There is no item MASQUE');
  await house.close();
});
