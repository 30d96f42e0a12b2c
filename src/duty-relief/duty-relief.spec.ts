// duty relief: what Belgium reports of a flight of masks to Liege.
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
import type { DutyReliefRow } from './duty-relief.js';
import type { DutyReliefQuery } from './duty-relief.queries.js';
import { dutyReliefReport } from './duty-relief.report.js';

async function openHouse() {
  const app = await NestFactory.createApplicationContext(AppModule.over(await openFor({ kind: 'memory' })), {
    logger: false,
  });
  await prepare(app);
  const actor = { id: 'u-17', role: 'logistician' };
  const shown = async (query: DutyReliefQuery, format: ReportFormat) => {
    await app.get<Stores>(STORES).projector.catchUp();
    return (await app.get(Reporter).show(dutyReliefReport, { ...query, format }, format)).body;
  };
  return {
    /** A command of that day, reported on that day. */
    say: (day: string, name: string, body: object) =>
      app.get(Recorder).record(app.get(Clerk).command(name, { happenedAt: day, reportedAt: day, ...body }), {
        circumstances: circumstances({ actor, channel: 'api' }),
      }),
    rows: async (query: DutyReliefQuery = {}) =>
      (JSON.parse(await shown(query, 'json')) as { rows: DutyReliefRow[] }).rows,
    shown,
    close: () => app.close(),
  };
}

const BASIS = 'Decision (EU) 2020/491';

describe('500 masks through Liege, cleared free of duty', () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  let clearance: string;

  beforeAll(async () => {
    house = await openHouse();
    const { say } = house;
    await say('2020-03-01', 'RegisterOrganisation', { organisation: 'JMF', name: 'Jack Ma Foundation' });
    await say('2020-03-01', 'RegisterOrganisation', { organisation: 'IT-RC', name: 'Croce Rossa Italiana' });
    await say('2020-03-02', 'PledgeDonation', { donation: 'D-1', donor: 'JMF', lines: [] });
    await say('2020-03-12', 'DispatchConsignment', {
      ...{ consignment: 'C-1', from: 'CNHGH', to: 'BELGG' },
      lines: [{ item: 'MASK', donation: 'D-1', quantity: 500 }],
    });
    await say('2020-03-13', 'RecordReceipt', {
      ...{ consignment: 'C-1', hub: 'BELGG', grn: 'GRN-1', complete: true },
      lines: [{ item: 'MASK', good: 490, damaged: 8 }],
    });
    await say('2020-03-13', 'RecordCustomsEntry', {
      ...{ consignment: 'C-1', place: 'BELGG', mrn: '20BE000000000001R1', procedure: 'R', reliefBasis: BASIS },
      lines: [{ item: 'MASK', hsCode: '63079098', hsEdition: 'HS2017', hsAuthority: 'EU' }],
    });
    const cleared = await say('2020-03-14', 'RecordCustomsClearance', { consignment: 'C-1', place: 'BELGG' });
    clearance = cleared.events[0]!;
  });
  afterAll(() => house.close());

  it('are reported with nature, count, code, papers and whom they are for', async () => {
    expect(await house.rows({ country: 'BE' })).toEqual([
      {
        ...{ country: 'BE', place: 'BELGG', cleared: '2020-03-14T00:00:00Z', consignment: 'C-1' },
        ...{ item: 'MASK', nature: 'Face mask', unit: 'piece', quantity: 498, counted: true },
        ...{ hsCode: '63079098', hsEdition: 'HS2017', hsAuthority: 'EU', reliefBasis: BASIS, procedure: 'R' },
        ...{ mrn: '20BE000000000001R1', mrnDoubtful: false, grns: ['GRN-1'], exportAuthorisation: null },
        ...{ organisations: [], destinations: ['undecided'] },
      },
    ]);
  });

  it('are not reported by others, nor before they were cleared', async () => {
    expect(await house.rows({ country: 'IT' })).toEqual([]);
    expect(await house.rows({ until: '2020-03-13' })).toEqual([]);
    expect(await house.rows({ knownAt: '2020-03-13' })).toEqual([]);
  });

  it('name the organisation that got them, as far as they are delivered', async () => {
    await house.say('2020-03-15', 'DispatchConsignment', {
      ...{ consignment: 'C-2', from: 'BELGG', to: 'IT', lines: [{ item: 'MASK', quantity: 400 }] },
    });
    await house.say('2020-03-16', 'RecordDelivery', {
      ...{ consignment: 'C-2', recipient: 'IT-RC', proof: 'confirmed', pod: 'POD-1' },
      lines: [{ item: 'MASK', accepted: 300 }],
    });

    expect(await house.rows()).toMatchObject([
      {
        organisations: [{ organisation: 'IT-RC', name: 'Croce Rossa Italiana', country: 'IT', quantity: 300 }],
        destinations: ['IT', 'undecided'],
      },
    ]);
    expect(await house.rows({ until: '2020-03-14' })).toMatchObject([{ organisations: [] }]);
    const table = await house.shown({}, 'table');
    expect(table).toContain('Croce Rossa Italiana (IT) 300; not delivered: for IT, undecided');
    expect(table).toContain('63079098 HS2017 EU');
  });

  it('say what the authorities will ask for', async () => {
    await house.say('2020-03-17', 'DispatchConsignment', {
      ...{ consignment: 'C-3', from: 'CNSHA', to: 'ESZAZ' },
      lines: [{ item: 'MASK', donation: 'D-1', quantity: 7 }],
    });
    await house.say('2020-03-18', 'RecordCustomsClearance', {
      ...{ consignment: 'C-3', place: 'ESZAZ', mrn: '20ES000000000001R7' },
    });

    const table = await house.shown({ country: 'ES' }, 'table');
    expect(table).toContain('20ES000000000001R7 ?');
    expect(table).toContain('No relief basis is recorded for: C-3.');
    expect(table).toContain('No HS code is recorded for goods of: C-3.');
  });

  it('are not reported when the clearance did not occur, except as known before', async () => {
    const wrong = { event: clearance, reason: 'did_not_occur', note: 'cleared another flight' };
    await house.say('2020-03-20', 'CorrectConsignmentEntry', { consignment: 'C-1', ...wrong });

    expect(await house.rows({ country: 'BE' })).toEqual([]);
    expect(await house.rows({ country: 'BE', knownAt: '2020-03-19' })).toMatchObject([{ consignment: 'C-1' }]);
  });
});
