// tracking: the reports as donors and logisticians ask them, from a whole house in memory.
import { jest } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import * as fc from 'fast-check';
import { AppModule } from '../app.module.js';
import { openFor } from '../open-for.js';
import { GoodsLedgerView } from '../goods-ledger/goods-ledger.view.js';
import { ReliefError } from '../kernel/errors.js';
import { limitsOf } from '../nest/as-of.queries.js';
import { circumstances } from '../nest/circumstances.js';
import { Clerk } from '../nest/clerk.js';
import { prepare } from '../nest/open-house.js';
import { Recorder } from '../nest/recorder.js';
import type { ReportFormat, ReportQuery } from '../nest/report.answers.js';
import type { ReportDefinition } from '../nest/report.definition.js';
import { Reporter } from '../nest/reporter.js';
import { valid } from '../nest/validate.js';
import { STORES, type Stores } from '../store/stores.js';
import { donationReport, type DonationTrace } from './donation.report.js';
import { expiringReport } from './expiring.report.js';
import { flightsReport } from './flights.report.js';
import { lotReport, type LotTrace } from './lot.report.js';
import { serialReport } from './serial.report.js';
import type { Whereabouts } from './whereabouts.js';

jest.setTimeout(60_000);

class House {
  private constructor(private readonly app: Awaited<ReturnType<typeof NestFactory.createApplicationContext>>) {}

  static async open(): Promise<House> {
    const stores = await openFor({ kind: 'memory' });
    const app = await NestFactory.createApplicationContext(AppModule.over(stores), { logger: false });
    await prepare(app);
    const house = new House(app);
    for (const organisation of ['JMF', 'ZIEKENHUIS-A', 'ZIEKENHUIS-B', 'HOPITAL-C', 'CROCE-ROSSA']) {
      await house.record('RegisterOrganisation', { organisation, name: `The ${organisation}` });
    }
    return house;
  }

  /** Gives a command that happened on 13 March unless it says otherwise; answers the id of its entry. */
  async record(name: string, body: object): Promise<string> {
    const command = this.app.get(Clerk).command(name, { happenedAt: '2020-03-13', ...body });
    const given = circumstances({ actor: { id: 'u-17', role: 'logistician' }, channel: 'api' });
    const { events } = await this.app.get(Recorder).record(command, { circumstances: given });
    return events[0] ?? '';
  }

  async show<Q extends ReportQuery, Row>(report: ReportDefinition<Q, Row>, query: object, format: ReportFormat) {
    await this.app.get<Stores>(STORES).projector.catchUp();
    return (await this.app.get(Reporter).show(report, valid(report.query, query), format)).body;
  }

  async ask<Answer>(report: ReportDefinition<never, never>, query: object): Promise<Answer> {
    return JSON.parse(await this.show(report, query, 'json')) as Answer;
  }

  get ledger(): GoodsLedgerView {
    return this.app.get(GoodsLedgerView);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

let house: House;
beforeAll(async () => (house = await House.open()));
afterAll(() => house.close());

const asked = <Answer>(report: unknown, query: object) =>
  house.ask<Answer>(report as ReportDefinition<never, never>, query);
const where = (query: object) => asked<DonationTrace>(donationReport, query);
const lines = (rows: readonly Whereabouts[]) =>
  rows.map(({ item, quantity, state, holder, destination, since }) =>
    [item, quantity, state, holder.id, destination, since.slice(0, 10)].join(' | '),
  );
const masks = (quantity: number, more: object = {}) => ({ item: 'MASK', quantity, ...more });

describe('a donation that went through Liege', () => {
  const donation = 'JMF-CROSS';
  const at = (query: object = {}) => where({ donation, ...query });
  let toRome: string;

  beforeAll(async () => {
    const of = (quantity: number, more: object = {}) => masks(quantity, { donation, ...more });
    await house.record('PledgeDonation', {
      donation,
      donor: 'JMF',
      lines: [{ item: 'MASK', quantity: 1000, destination: 'Europe' }],
    });
    const flight = {
      consignment: 'CROSS-1',
      from: 'CNHGH',
      to: 'BELGG',
      mode: 'air',
      carrier: 'Cargolux',
      vehicle: 'CV 9735',
    };
    await house.record('DispatchConsignment', {
      ...flight,
      waybill: '172-12345675',
      eta: '2020-03-14',
      lines: [of(500)],
    });
    await house.record('RecordCustomsClearance', {
      happenedAt: '2020-03-14',
      consignment: 'CROSS-1',
      place: 'BELGG',
      mrn: '20BE000000000001R1',
    });
    const count = {
      happenedAt: '2020-03-14',
      consignment: 'CROSS-1',
      hub: 'BELGG',
      grn: 'GRN-CROSS-1',
      complete: true,
    };
    await house.record('RecordReceipt', { ...count, lines: [{ item: 'MASK', good: 480, damaged: 12 }] });
    await house.record('AllocateStock', { happenedAt: '2020-03-15', hub: 'BELGG', donation, ...masks(300), to: 'IT' });
    toRome = await house.record('DispatchConsignment', {
      happenedAt: '2020-03-16',
      consignment: 'CROSS-2',
      from: 'BELGG',
      to: 'ITROM',
      lines: [of(300)],
    });
    const handOver = {
      happenedAt: '2020-03-17',
      consignment: 'CROSS-2',
      recipient: 'CROCE-ROSSA',
      proof: 'confirmed',
      pod: 'POD-CROSS-2',
    };
    await house.record('RecordDelivery', {
      ...handOver,
      lines: [{ item: 'MASK', accepted: 250, rejected: 20, cause: 'quality' }],
    });
  });

  it('is accounted for to the last piece', async () => {
    const { pledged, given, accountedFor, difference, donor, items, rows } = await at();
    expect({ pledged, given, accountedFor, difference, donor }).toEqual({
      pledged: 1000,
      given: 500,
      accountedFor: 500,
      difference: 0,
      donor: 'JMF',
    });
    expect(items).toEqual([
      { item: 'MASK', unit: 'piece', pledged: 1000, given: 500, accountedFor: 500, difference: 0 },
    ]);
    expect(lines(rows)).toEqual([
      'MASK | 180 | at hub | BELGG | undecided | 2020-03-14',
      'MASK | 30 | in transit to ITROM (rest) | CROSS-2 | IT | 2020-03-16',
      'MASK | 250 | delivered (confirmed) | CROCE-ROSSA | IT | 2020-03-17',
      'MASK | 20 | rejected | CROSS-2 | IT | 2020-03-17',
      'MASK | 12 | damaged | BELGG | undecided | 2020-03-14',
      'MASK | 8 | missing, unexplained | CROSS-1 | undecided | 2020-03-14',
    ]);
  });

  it('has the papers of its whole way', async () => {
    const { rows } = await at();
    expect(rows.find(({ bucket }) => bucket === 'deliveredConfirmed')).toMatchObject({
      ...{ consignments: ['CROSS-1', 'CROSS-2'], waybills: ['172-12345675'], mrns: ['20BE000000000001R1'] },
      ...{ grns: ['GRN-CROSS-1'], pods: ['POD-CROSS-2'] },
      holder: { kind: 'recipient', id: 'CROCE-ROSSA', name: 'The CROCE-ROSSA' },
    });
  });

  it.each([
    ['2020-03-12', 0, []],
    ['2020-03-13', 500, ['MASK | 500 | in transit to BELGG | CROSS-1 | undecided | 2020-03-13']],
    [
      '2020-03-16',
      500,
      [
        'MASK | 180 | at hub | BELGG | undecided | 2020-03-14',
        'MASK | 300 | in transit to ITROM | CROSS-2 | IT | 2020-03-16',
        'MASK | 12 | damaged | BELGG | undecided | 2020-03-14',
        'MASK | 8 | missing, unexplained | CROSS-1 | undecided | 2020-03-14',
      ],
    ],
  ])('up to %s has %i pieces given', async (until, given, expected) => {
    const answer = await at({ until });
    expect([answer.given, answer.difference, lines(answer.rows)]).toEqual([given, 0, expected]);
  });

  it('is shown to its donor as a table and as a file', async () => {
    const table = await house.show(donationReport, { donation }, 'table');
    expect(table).toContain('Donation JMF-CROSS, given by JMF The JMF, happened at any time, known at any time');
    expect(table).toContain('MASK (piece): pledged 1,000, given 500, accounted for 500, difference 0.');
    expect(table).toContain('Not recorded: lot.');
    const [head, first] = (await house.show(donationReport, { donation }, 'csv')).split('\n');
    expect(head).toMatch(
      /^item,lot,state,bucket,holder,holderKind,destination,since,consignments,waybills,mrns,grns,pods,unit,quantity,until/,
    );
    expect(first).toMatch(
      /^MASK,,at hub,atHub,BELGG,hub,undecided,2020-03-14T00:00:00.000Z,CROSS-1,172-12345675,20BE000000000001R1,GRN-CROSS-1,,piece,180,/,
    );
  });

  it('reads otherwise once an entry is corrected, and as before on the dates before', async () => {
    const before = new Date();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const restated = {
      command: 'DispatchConsignment',
      body: {
        happenedAt: '2020-03-16',
        consignment: 'CROSS-2',
        from: 'BELGG',
        to: 'ITROM',
        waybill: 'CMR-1',
        lines: [masks(290, { donation })],
      },
    };
    const correction = {
      happenedAt: '2020-03-18',
      consignment: 'CROSS-2',
      event: toRome,
      reason: 'incorrect_data',
      note: 'loaded 290',
      restated,
    };
    await house.record('CorrectConsignmentEntry', correction);

    const after = await at();
    expect([after.given, after.difference]).toEqual([500, 0]);
    expect(after.rows.find(({ bucket }) => bucket === 'deliveredConfirmed')?.waybills).toEqual([
      '172-12345675',
      'CMR-1',
    ]);
    expect(lines(after.rows)).toContain('MASK | 20 | in transit to ITROM (rest) | CROSS-2 | IT | 2020-03-16');
    expect(lines((await at({ knownAt: before.toISOString() })).rows)).toContain(
      'MASK | 30 | in transit to ITROM (rest) | CROSS-2 | IT | 2020-03-16',
    );
  });

  it('that nobody pledged is unknown', async () => {
    await expect(at({ donation: 'NO-SUCH' })).rejects.toThrow('There is no donation NO-SUCH.');
  });
});

/** The Netherlands, 28 March 2020: 600,000 of 1,300,000 masks are recalled, half of them handed out (dw.com a-52949216). */
describe('a lot that is recalled after half of it was handed out', () => {
  const [donation, lot] = ['JMF-NL', 'FFP2-0320'];
  const trace = (query: object = {}) => asked<LotTrace>(lotReport, { item: 'MASK', lot, ...query });

  beforeAll(async () => {
    await house.record('PledgeDonation', { donation, donor: 'JMF', lines: [] });
    const batches = [
      masks(600_000, { donation, lot, expiry: '2020-12-31' }),
      masks(700_000, { donation, lot: 'FFP2-0321', expiry: '2022-12-31' }),
    ];
    await house.record('DispatchConsignment', {
      happenedAt: '2020-03-19',
      consignment: 'NL-1',
      from: 'CNSHA',
      to: 'BELGG',
      vehicle: 'KL 894',
      mode: 'air',
      lines: batches,
    });
    const counted = batches.map(({ quantity: good, ...line }) => ({ ...line, good }));
    await house.record('RecordReceipt', {
      happenedAt: '2020-03-21',
      consignment: 'NL-1',
      hub: 'BELGG',
      grn: 'GRN-NL',
      complete: true,
      lines: counted,
    });
    await house.record('AllocateStock', { happenedAt: '2020-03-21', hub: 'BELGG', ...masks(350_000), lot, to: 'NL' });
    for (const [consignment, to, quantity] of [
      ['NL-2', 'NL', 300_000],
      ['NL-3', 'BE', 50_000],
      ['NL-4', 'NL', 40_000],
    ] as const) {
      await house.record('DispatchConsignment', {
        happenedAt: '2020-03-22',
        consignment,
        from: 'BELGG',
        to,
        mode: 'road',
        waybill: `CMR-${consignment}`,
        lines: [masks(quantity, { lot, donation })],
      });
    }
    const handed = [
      ['NL-2', 'ZIEKENHUIS-A', 200_000, 'confirmed', 'POD-A'],
      ['NL-2', 'ZIEKENHUIS-B', 60_000, 'reported', 'POD-B'],
      ['NL-3', 'HOPITAL-C', 40_000, 'confirmed', 'POD-C'],
    ] as const;
    for (const [consignment, recipient, accepted, proof, pod] of handed) {
      await house.record('RecordDelivery', {
        happenedAt: '2020-03-24',
        consignment,
        recipient,
        proof,
        pod,
        lines: [{ item: 'MASK', lot, accepted }],
      });
    }
    await house.record('RecordLoss', {
      happenedAt: '2020-03-25',
      consignment: 'NL-3',
      cause: 'stolen',
      lines: [masks(10_000, { lot })],
    });
    await house.record('RecallLot', {
      happenedAt: '2020-03-28',
      item: 'MASK',
      lot,
      reason: 'does not fit the face, filters fail.',
    });
  });

  it('is found with every country, recipient, hub and vehicle that holds it', async () => {
    expect(lines((await trace()).rows)).toEqual([
      'MASK | 10000 | at hub | BELGG | NL | 2020-03-21',
      'MASK | 200000 | at hub | BELGG | undecided | 2020-03-21',
      'MASK | 40000 | in transit to NL (rest) | NL-2 | NL | 2020-03-22',
      'MASK | 40000 | in transit to NL | NL-4 | NL | 2020-03-22',
      'MASK | 60000 | delivered (reported) | ZIEKENHUIS-B | NL | 2020-03-24',
      'MASK | 40000 | delivered (confirmed) | HOPITAL-C | BE | 2020-03-24',
      'MASK | 200000 | delivered (confirmed) | ZIEKENHUIS-A | NL | 2020-03-24',
      'MASK | 10000 | lost: stolen | NL-3 | BE | 2020-03-25',
    ]);
  });

  it('says how much can still be stopped', async () => {
    const { handedOut, stoppable, elsewhere, status, reason, expiry } = await trace();
    expect({ handedOut, stoppable, elsewhere, status, reason, expiry }).toEqual({
      ...{ handedOut: 300_000, stoppable: 290_000, elsewhere: 10_000 },
      ...{ status: 'recalled', reason: 'does not fit the face, filters fail.', expiry: '2020-12-31' },
    });
    const table = await house.show(lotReport, { item: 'MASK', lot }, 'table');
    expect(table).toContain('RECALLED since 2020-03-28: does not fit the face, filters fail.\n');
    expect(table).toContain('Handed out 300,000, still stoppable 290,000, lost, returned or unexplained 10,000.');
  });

  it('was free and whole the week before', async () => {
    const { status, rows } = await trace({ until: '2020-03-21' });
    expect(status).toBe('free');
    expect(lines(rows)).toEqual([
      'MASK | 350000 | at hub | BELGG | NL | 2020-03-21',
      'MASK | 250000 | at hub | BELGG | undecided | 2020-03-21',
    ]);
  });

  it('is not taken for another lot, nor for another item', async () => {
    await expect(trace({ lot: 'ffp2-0320' })).rejects.toThrow('There is no lot ffp2-0320 of MASK.');
    await expect(trace({ item: 'NO-SUCH' })).rejects.toThrow('There is no item NO-SUCH.');
    expect((await trace({ lot: 'FFP2-0321' })).status).toBe('free');
  });

  it('expires soon wherever it is, seen from October', async () => {
    const query = { on: '2020-10-02', item: 'MASK' };
    const { on, rows } = await asked<{
      on: string;
      rows: { lot: string; alert: string; daysLeft: number; quantity: number }[];
    }>(expiringReport, query);
    expect(on).toBe('2020-10-02');
    expect([...new Set(rows.map(({ lot, alert, daysLeft }) => `${lot} ${alert} ${daysLeft}`))]).toEqual([
      `${lot} red 90`,
    ]);
    expect(rows.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(590_000);
    expect((await asked<{ rows: [] }>(expiringReport, { ...query, within: '89' })).rows).toEqual([]);
    expect((await asked<{ rows: [] }>(expiringReport, { ...query, until: '2020-03-18' })).rows).toEqual([]);
    expect((await asked<{ on: string }>(expiringReport, { until: '2020-03-18' })).on).toBe('2020-03-18');
  });
});

describe('a ventilator', () => {
  const sightings = (query: object = {}) =>
    asked<{ rows: { said: string; consignments: string[]; pods: string[] }[] }>(serialReport, {
      item: 'VENTILATOR',
      serial: 'SN-2',
      ...query,
    });

  beforeAll(async () => {
    await house.record('PledgeDonation', { donation: 'JMF-VENT', donor: 'JMF', lines: [] });
    const line = { item: 'VENTILATOR', donation: 'JMF-VENT' };
    await house.record('DispatchConsignment', {
      consignment: 'VENT-1',
      from: 'CN',
      to: 'BELGG',
      lines: [{ ...line, quantity: 3, serials: ['SN-1', 'SN-2', 'SN-3'] }],
    });
    await house.record('RecordReceipt', {
      happenedAt: '2020-03-15',
      consignment: 'VENT-1',
      hub: 'BELGG',
      complete: true,
      lines: [{ ...line, good: 3, serials: ['SN-1', 'SN-2', 'SN-3'] }],
    });
    await house.record('DispatchConsignment', {
      happenedAt: '2020-03-16',
      consignment: 'VENT-2',
      from: 'BELGG',
      to: 'IT',
      lines: [{ ...line, quantity: 2 }],
    });
    await house.record('RecordDelivery', {
      happenedAt: '2020-03-18',
      consignment: 'VENT-2',
      recipient: 'CROCE-ROSSA',
      proof: 'confirmed',
      pod: 'POD-VENT',
      lines: [{ ...line, accepted: 1, serials: ['SN-2'] }],
    });
  });

  it('is found by the entries that name it, the latest first', async () => {
    expect(
      (await sightings()).rows.map(({ said, consignments, pods }) => [said, ...consignments, ...pods].join(' | ')),
    ).toEqual([
      'at CROCE-ROSSA in IT, confirmed | VENT-2 | POD-VENT',
      'counted at BELGG | VENT-1',
      'left CN for BELGG | VENT-1',
    ]);
  });

  it('was where it was on the dates that are asked for', async () => {
    expect((await sightings({ until: '2020-03-17' })).rows.map(({ said }) => said)[0]).toBe('counted at BELGG');
    expect((await sightings({ serial: 'SN-9' })).rows).toEqual([]);
  });
});

describe('a flight', () => {
  it('carried several consignments', async () => {
    await house.record('PledgeDonation', { donation: 'JMF-FLIGHT', donor: 'JMF', lines: [] });
    for (const consignment of ['FLY-1', 'FLY-2']) {
      const flight = {
        happenedAt: '2020-05-01T06:00:00Z',
        consignment,
        from: 'CNHGH',
        to: 'BELGG',
        mode: 'air',
        carrier: 'Ethiopian',
        vehicle: 'ET3888',
      };
      await house.record('DispatchConsignment', {
        ...flight,
        waybill: `071-${consignment}`,
        eta: '2020-05-02',
        lines: [masks(10, { donation: 'JMF-FLIGHT' })],
      });
    }
    await house.record('RecordArrival', { happenedAt: '2020-05-01T18:30:00Z', consignment: 'FLY-1', place: 'BELGG' });
    const table = await house.show(flightsReport, { since: '2020-05-01' }, 'table');
    expect(table).toMatch(
      /^1 +2020-05-01 06:00 +ET3888 +air +Ethiopian +FLY-1 +071-FLY-1 +CNHGH +BELGG +2020-05-01 18:30 +MASK +JMF-FLIGHT +undecided +piece +10$/m,
    );
    expect(table).toMatch(
      /^1 +2020-05-01 06:00 +ET3888 +air +Ethiopian +FLY-2 +071-FLY-2 +CNHGH +BELGG +expected 2020-05-02 +MASK/m,
    );
    expect((await asked<{ rows: [] }>(flightsReport, { vehicle: 'et 3888' })).rows).toHaveLength(2);
    expect((await asked<{ rows: [] }>(flightsReport, { vehicle: 'et 3888', until: '2020-04-30' })).rows).toHaveLength(
      0,
    );
  });
});

describe('in random histories', () => {
  const DAYS = 9;
  const day = (offset: number) => `2020-06-0${1 + offset}`;

  /** Gives one command that may make sense or not; what is refused is not recorded. */
  async function step(
    [kind, quantity, which, when, late]: readonly number[],
    entries: [string, string][],
  ): Promise<void> {
    const [donation, lot] = [`RND-${which! % 2}`, ['', 'A', 'B'][quantity! % 3]!];
    const consignment = `RND-C${which! % 5}`;
    const dates = { happenedAt: day(when! % DAYS), reportedAt: day(Math.min(DAYS - 1, (when! % DAYS) + (late! % 3))) };
    const goods = { item: 'MASK', donation, ...(lot && { lot }) };
    const confirmed = { contradiction: 'confirmed', note: 'it really happened' };
    const about = { ...dates, consignment };
    const commands: [string, object][] = [
      [
        'DispatchConsignment',
        { ...about, from: 'CNHGH', to: ['BELGG', 'IT'][which! % 2], lines: [{ ...goods, quantity }] },
      ],
      [
        'DispatchConsignment',
        { ...about, consignment: `${consignment}-ON`, from: 'BELGG', to: 'IT', lines: [{ ...goods, quantity }] },
      ],
      [
        'RecordReceipt',
        {
          ...about,
          ...confirmed,
          hub: 'BELGG',
          complete: late! % 2 === 0,
          lines: [{ ...goods, good: quantity, damaged: late }],
        },
      ],
      [
        'RecordDelivery',
        {
          ...about,
          ...confirmed,
          consignment: `${consignment}${late! % 2 ? '-ON' : ''}`,
          country: 'IT',
          recipient: 'CROCE-ROSSA',
          proof: 'reported',
          lines: [{ ...goods, accepted: quantity, rejected: late }],
        },
      ],
      ['RecordLoss', { ...about, ...confirmed, cause: 'stolen', lines: [{ ...goods, quantity }] }],
      ['RecordFound', { ...about, ...confirmed, ...(late! % 2 && { hub: 'BELGG' }), lines: [{ ...goods, quantity }] }],
      ['RecordReturn', { ...about, ...confirmed, lines: [{ ...goods, quantity }] }],
      ['AllocateStock', { ...dates, hub: 'BELGG', ...goods, quantity, to: 'IT' }],
      ['CountStock', { ...dates, hub: 'BELGG', lines: [{ item: 'MASK', donation, counted: quantity }] }],
    ];
    const wrong = entries[which! % (entries.length || 1)];
    if (wrong)
      commands.push([
        'CorrectConsignmentEntry',
        { ...dates, consignment: wrong[0], event: wrong[1], reason: 'did_not_occur', note: 'never happened' },
      ]);
    const [name, body] = commands[kind! % commands.length]!;
    try {
      const entry = await house.record(name, body);
      if (entry && 'consignment' in body) entries.push([body.consignment as string, entry]);
    } catch (error) {
      if (!(error instanceof ReliefError)) throw error;
    }
  }

  it('every piece that a donor gave is accounted for, on all dates', async () => {
    for (const donation of ['RND-0', 'RND-1'])
      await house.record('PledgeDonation', { donation, donor: 'JMF', lines: [] });
    const steps = fc.sample(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 40 }), fc.nat(99), fc.nat(99), fc.nat(9)), {
      seed: 7,
      numRuns: 300,
    });
    const entries: [string, string][] = [];
    for (const one of steps) await step(one, entries);
    const given: number[] = [];
    for (let until = 0; until < DAYS; until++) {
      for (let knownAt = 0; knownAt < DAYS; knownAt++) {
        for (const donation of ['RND-0', 'RND-1']) {
          const dates = { until: day(until), knownAt: day(knownAt) };
          const answer = await where({ donation, ...dates });
          expect({ ...dates, difference: answer.difference }).toEqual({ ...dates, difference: 0 });
          given.push(answer.given);
        }
      }
    }
    expect(entries.length).toBeGreaterThan(100);
    expect(new Set(given).size).toBeGreaterThan(10);
  });

  it.each([0, 2, 4, 6, 8])('the rows of every holder sum to what the ledger has there, on day %i', async (offset) => {
    const { rows } = await where({ donation: 'RND-0', until: day(offset), knownAt: day(DAYS - 1) });
    const sums = new Map<string, number>();
    const add = (quantity: number, ...key: string[]) => sums.set(key.join(), (sums.get(key.join()) ?? 0) + quantity);
    for (const { bucket, holder, destination, lot, quantity } of rows) {
      add(quantity, bucket, holder.id, destination, lot);
    }
    const limits = limitsOf({ until: day(offset), knownAt: day(DAYS - 1) });
    for (const { account, lot, quantity } of house.ledger.holdingsAsOf(limits, { donation: 'RND-0' })) {
      const { bucket, holder, destination } = account;
      if (bucket !== 'donor') add(-quantity, bucket, holder, destination, lot);
    }
    expect([...sums].filter(([, quantity]) => quantity !== 0)).toEqual([]);
    expect(sums.size).toBeGreaterThan(5);
  });
});
