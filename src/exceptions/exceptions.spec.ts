// exceptions: what a coordinator reads on which day, through the whole house.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DatabaseSync } from 'node:sqlite';
import { LOG } from '../../test/support/relief.js';
import { VIEWS } from '../contents.js';
import { withHistories } from '../kernel/delivered.js';
import { createApp } from '../main.js';
import { circumstances, ordered } from '../nest/circumstances.js';
import { Clerk } from '../nest/clerk.js';
import type { Report, ReportQuery } from '../nest/report.answers.js';
import type { ReportDefinition } from '../nest/report.definition.js';
import { Reporter } from '../nest/reporter.js';
import { valid } from '../nest/validate.js';
import { STORES, type Stores } from '../store/stores.js';
import { ViewsDatabase } from '../store/views-database.js';
import { discrepanciesReport } from './discrepancies.report.js';
import { exceptionsReport } from './exceptions.report.js';

let app: NestFastifyApplication;

beforeEach(async () => {
  app = await createApp({ kind: 'memory' });
  await say('RegisterOrganisation', { organisation: 'JMF', name: 'Jack Ma Foundation', happenedAt: '2020-01-01' });
  await say('RegisterOrganisation', {
    organisation: 'CRI',
    name: 'Croce Rossa',
    country: 'IT',
    happenedAt: '2020-01-01',
  });
  await say('PledgeDonation', {
    ...{ donation: 'EU-1', donor: 'JMF', happenedAt: '2020-03-01' },
    lines: [{ item: 'MASK', quantity: 100_000, destination: 'undecided' }],
  });
});

afterEach(() => app.close());

const caller = () => circumstances({ actor: { id: 'tester', role: 'staff' }, channel: 'api' });

/** Records a command that was reported when it happened, unless it says otherwise; answers the id of its event. */
async function say(name: string, body: { happenedAt: string; [field: string]: unknown }): Promise<string> {
  const clerk = app.get(Clerk);
  const command = clerk.command(name, { reportedAt: body.happenedAt, ...body });
  const [answer] = await clerk.record([ordered(command, { circumstances: caller() })]);
  return answer!.events[0]!;
}

const correct = (happenedAt: string, body: object) =>
  say('CorrectConsignmentEntry', { consignment: 'C-1', note: 'misread', happenedAt, ...body });

const caughtUp = () => app.get<Stores>(STORES).projector.catchUp();

interface Answer<Row> extends Report<Row> {
  readonly agesAt: string;
}

async function ask<Q extends ReportQuery, Row>(definition: ReportDefinition<Q, Row>, query: object) {
  await caughtUp();
  const { body } = await app.get(Reporter).show(definition, valid(definition.query, query), 'json');
  return JSON.parse(body) as Answer<Row>;
}

const exceptions = async (query: object) => (await ask(exceptionsReport, query)).rows;
const kinds = async (query: object) => (await exceptions(query)).map(({ kind }) => kind);
const discrepancies = async (query: object) => (await ask(discrepanciesReport, query)).rows;

const masks = (quantity: number, more: object = {}) => [{ item: 'MASK', donation: 'EU-1', quantity, ...more }];
const dispatch = (happenedAt: string, more: object = {}) =>
  say('DispatchConsignment', {
    consignment: 'C-1',
    from: 'CNHGH',
    to: 'BELGG',
    lines: masks(500),
    happenedAt,
    ...more,
  });
const receive = (happenedAt: string, good: number, damaged = 0, more: object = {}) =>
  say('RecordReceipt', {
    ...{ consignment: 'C-1', hub: 'BELGG', grn: 'GRN-1', complete: true, happenedAt },
    lines: [{ item: 'MASK', good, damaged }],
    ...more,
  });
const deliver = (happenedAt: string, accepted: number, more: object = {}) =>
  say('RecordDelivery', {
    ...{ consignment: 'C-1', recipient: 'CRI', proof: 'confirmed', pod: 'POD-1', country: 'IT', happenedAt },
    lines: [{ item: 'MASK', accepted }],
    ...more,
  });
const arrive = (happenedAt: string, place = 'BELGG') => say('RecordArrival', { consignment: 'C-1', place, happenedAt });
const border = (what: string, happenedAt: string, more: object = {}) =>
  say(`RecordCustoms${what}`, { consignment: 'C-1', place: 'BELGG', happenedAt, ...more });

describe('480 of 500 arrive, 12 of them damaged, 8 found a week later', () => {
  beforeEach(async () => {
    await dispatch('2020-03-13T10:00Z');
    await receive('2020-03-14T10:00Z', 480, 12);
    await say('RecordFound', {
      ...{ consignment: 'C-1', hub: 'BELGG', lines: masks(5), source: 'call from the ramp' },
      ...{ happenedAt: '2020-03-21T10:00Z', reportedAt: '2020-03-22T10:00Z' },
    });
    await say('RecordFound', { consignment: 'C-1', hub: 'BELGG', lines: masks(3), happenedAt: '2020-03-23T10:00Z' });
  });

  it('has no discrepancy before the count', async () => {
    expect(await discrepancies({ until: '2020-03-13' })).toEqual([]);
  });

  it('names the count that found it', async () => {
    expect(await discrepancies({ until: '2020-03-14T11:00Z' })).toEqual([
      {
        ...{ holder: { kind: 'consignment', id: 'C-1' }, destination: 'undecided', item: 'MASK', unit: 'piece' },
        ...{ donation: 'EU-1', lot: '', missing: 8, surplus: 0, since: '2020-03-14T10:00:00.000Z', ageHours: 1 },
        foundBy: [expect.objectContaining({ kind: 'received', document: 'GRN-1', quantity: 8 })],
        ...{ explainedBy: [], places: ['CNHGH', 'BELGG'] },
      },
    ]);
  });

  it('ages', async () => {
    const [row] = await exceptions({ until: '2020-03-17T10:00Z' });
    expect(row).toMatchObject({
      kind: 'OPEN_DISCREPANCY',
      ageHours: 72,
      what: '8 MASK missing',
      figures: { missing: 8 },
    });
    expect(row!.owner).toEqual({ kind: 'hub', id: 'BELGG' });
  });

  it('shrinks when a part is found, and says what explained it', async () => {
    const [row] = await discrepancies({ until: '2020-03-22' });
    expect(row).toMatchObject({ missing: 3, since: '2020-03-14T10:00:00.000Z' });
    expect(row!.explainedBy).toEqual([
      expect.objectContaining({ kind: 'found', document: 'call from the ramp', quantity: 5 }),
    ]);
  });

  it('is whole for those who had not heard of the find yet', async () => {
    expect((await discrepancies({ until: '2020-03-22', knownAt: '2020-03-21' }))[0]).toMatchObject({ missing: 8 });
  });

  it('disappears when everything is found', async () => {
    expect(await discrepancies({ until: '2020-03-23' })).toEqual([]);
    expect(await kinds({ until: '2020-03-23' })).toEqual([]);
  });

  it('comes as a table and as CSV', async () => {
    await caughtUp();
    const definition = discrepanciesReport;
    const query = valid(definition.query, { until: '2020-03-22' });
    const { body: table } = await app.get(Reporter).show(definition, query, 'table');
    expect(table).toContain('2020-03-14 received GRN-1: 8');
    expect(table).toContain('2020-03-21 found call from the ramp: 5');
    const { body: csv } = await app.get(Reporter).show(definition, query, 'csv');
    expect(csv.split('\n')[1]).toMatch(/^consignment,C-1,205,undecided,MASK,piece,EU-1,,3,0,2020-03-14T10:00:00.000Z/);
  });
});

describe('a discrepancy at a hub', () => {
  beforeEach(async () => {
    await dispatch('2020-03-13');
    await receive('2020-03-14', 500);
    await say('CountStock', {
      hub: 'BELGG',
      lines: [{ item: 'MASK', counted: 490 }],
      source: 'COUNT-7',
      happenedAt: '2020-03-20',
    });
  });

  it('names the stocktake and belongs to the hub', async () => {
    const [row] = await discrepancies({ until: '2020-03-20' });
    expect(row).toMatchObject({ holder: { kind: 'hub', id: 'BELGG' }, missing: 10, places: ['BELGG'] });
    expect(row!.foundBy).toEqual([expect.objectContaining({ kind: 'counted', document: 'COUNT-7', quantity: 10 })]);
  });

  it('ends when it is written off', async () => {
    const loss = { hub: 'BELGG', item: 'MASK', quantity: 10, outOf: 'unexplained', cause: 'stolen' };
    await say('WriteOffStock', { ...loss, happenedAt: '2020-03-25' });
    expect(await discrepancies({})).toEqual([]);
  });
});

describe('a leg', () => {
  it('is not late when it arrives to the hour', async () => {
    await dispatch('2020-03-13T00:00Z');
    await arrive('2020-03-16T00:00Z');
    expect(await kinds({ until: '2020-03-31', kind: 'LATE_LEG' })).toEqual([]);
  });

  it('is late at once, and stays on record when it arrives an hour late', async () => {
    await dispatch('2020-03-13T00:00Z');
    await arrive('2020-03-16T01:00Z');
    expect(await kinds({ until: '2020-03-16T00:00Z' })).toEqual([]);
    expect((await exceptions({ until: '2020-03-16T00:30Z' }))[0]).toMatchObject({
      ...{ kind: 'LATE_LEG', open: true, since: '2020-03-16T00:00:00.000Z', owner: { kind: 'hub', id: 'BELGG' } },
      figures: { hours: 72.5, targetHours: 72 },
    });
    expect((await exceptions({ until: '2020-03-17' }))[0]).toMatchObject({
      ...{ kind: 'LATE_LEG', open: false, what: 'CNHGH to BELGG took 73 h, target 72 h' },
    });
  });

  it('is measured by the target of its route as it was known', async () => {
    await say('RegisterRoute', {
      from: 'CNHGH',
      to: 'BELGG',
      targetHours: 24,
      happenedAt: '2020-03-01',
      reportedAt: '2020-03-20',
    });
    await dispatch('2020-03-13T00:00Z');
    await arrive('2020-03-14T12:00Z');
    const query = { until: '2020-03-31', kind: 'LATE_LEG' };
    expect((await exceptions(query))[0]).toMatchObject({ figures: { hours: 36, targetHours: 24 } });
    expect(await kinds({ ...query, knownAt: '2020-03-19' })).toEqual([]);
  });

  it('to a country ends at any place of that country, not at a stop on the way', async () => {
    await dispatch('2020-03-13T00:00Z', { to: 'ES' });
    await arrive('2020-03-13T12:00Z', 'BELGG');
    expect(await kinds({ until: '2020-03-16', kind: 'LATE_LEG' })).toEqual(['LATE_LEG']);
    await arrive('2020-03-15T12:00Z', 'ESZAZ');
    expect(await kinds({ until: '2020-03-16', kind: 'LATE_LEG' })).toEqual([]);
  });

  it('is over when everything of it is lost', async () => {
    await dispatch('2020-03-13T00:00Z');
    await say('RecordLoss', { consignment: 'C-1', cause: 'stolen', lines: masks(500), happenedAt: '2020-03-14' });
    expect(await kinds({ until: '2020-03-31' })).toEqual([]);
  });

  it('moves its clock with a corrected dispatch date, for those who know of it', async () => {
    const event = await dispatch('2020-03-10T00:00Z');
    await arrive('2020-03-15T00:00Z');
    const body = { consignment: 'C-1', from: 'CNHGH', to: 'BELGG', lines: masks(500), happenedAt: '2020-03-13T00:00Z' };
    const restated = { command: 'DispatchConsignment', body };
    await correct('2020-03-17', { event, reason: 'incorrect_data', restated });
    expect((await exceptions({ until: '2020-03-16', knownAt: '2020-03-16' }))[0]!.figures).toMatchObject({
      hours: 120,
    });
    expect(await kinds({ until: '2020-03-16', knownAt: '2020-03-17' })).toEqual([]);
    expect(await kinds({ until: '2020-03-16' })).toEqual([]);
  });

  it('has no clock once its dispatch is voided', async () => {
    const event = await dispatch('2020-03-10T00:00Z');
    await correct('2020-03-20', { event, reason: 'did_not_occur' });
    expect(await kinds({ until: '2020-03-31' })).toEqual([]);
    expect(await kinds({ until: '2020-03-19', knownAt: '2020-03-19' })).toEqual(['STUCK_CONSIGNMENT', 'LATE_LEG']);
  });
});

describe('a silent consignment', () => {
  it('is stuck after a week, until something is heard', async () => {
    await dispatch('2020-03-13T00:00Z', { to: 'IT' });
    expect(await kinds({ until: '2020-03-20T00:00Z', kind: 'STUCK_CONSIGNMENT' })).toEqual([]);
    const [row] = await exceptions({ until: '2020-03-20T01:00Z', kind: 'STUCK_CONSIGNMENT' });
    expect(row).toMatchObject({ owner: { kind: 'country', id: 'IT' }, goods: [{ item: 'MASK', quantity: 500 }] });
    await arrive('2020-03-20T12:00Z', 'IT');
    expect(await kinds({ until: '2020-03-21', kind: 'STUCK_CONSIGNMENT' })).toEqual([]);
    await deliver('2020-03-21', 500);
    expect(await kinds({ until: '2020-04-30', kind: 'STUCK_CONSIGNMENT' })).toEqual([]);
  });
});

describe('goods held at customs for two days', () => {
  beforeEach(async () => {
    await dispatch('2020-03-13T00:00Z');
    await border('Hold', '2020-03-14T10:00Z', { reason: 'certificate missing' });
  });

  it('are an exception of the hub from the hold to the clearance', async () => {
    await border('Clearance', '2020-03-16T10:00Z');
    expect(await kinds({ until: '2020-03-14T09:00Z' })).toEqual([]);
    const [row] = await exceptions({ until: '2020-03-15T10:00Z' });
    expect(row).toMatchObject({ kind: 'CUSTOMS_HOLD', ageHours: 24, owner: { kind: 'hub', id: 'BELGG' } });
    expect(row!.what).toBe('held at BELGG, certificate missing: 500 MASK');
    expect(await kinds({ until: '2020-03-16T10:00Z', kind: 'CUSTOMS_HOLD' })).toEqual([]);
  });

  it('are free when the clearance was recorded before the hold', async () => {
    await border('Clearance', '2020-03-16T10:00Z');
    await border('Hold', '2020-03-15T10:00Z', { reason: 'second look', reportedAt: '2020-03-18' });
    expect(await kinds({ until: '2020-03-18', kind: 'CUSTOMS_HOLD' })).toEqual([]);
  });

  it('stay held while they are declared again', async () => {
    await border('Entry', '2020-03-15T10:00Z');
    expect(await kinds({ until: '2020-03-15', kind: 'CUSTOMS_HOLD' })).toEqual(['CUSTOMS_HOLD']);
  });

  it('count where they lie after the receipt', async () => {
    await receive('2020-03-14T12:00Z', 500);
    expect((await exceptions({ until: '2020-03-15' }))[0]!.goods).toEqual([{ item: 'MASK', quantity: 500 }]);
  });

  it('may be refused, until they go back', async () => {
    await border('Refusal', '2020-03-15T10:00Z', { reason: 'not for medical use' });
    expect((await exceptions({ until: '2020-03-15' })).map(({ kind }) => kind)).toEqual(['CUSTOMS_REFUSED']);
    await say('RecordReturn', { consignment: 'C-1', lines: masks(500), happenedAt: '2020-03-16' });
    expect(await kinds({ until: '2020-03-17' })).toEqual([]);
  });
});

describe('a delivery', () => {
  it('of more than was under way leaves a surplus to explain, which is no negative balance besides', async () => {
    await dispatch('2020-03-13');
    await deliver('2020-03-14', 520, { contradiction: 'confirmed', note: 'recipient insists' });
    const rows = await exceptions({ until: '2020-03-14' });
    expect(rows.map(({ kind, what }) => [kind, what])).toEqual([['OPEN_DISCREPANCY', '20 MASK too many']]);
    expect((await discrepancies({}))[0]).toMatchObject({ missing: 0, surplus: 20, destination: 'IT' });
  });

  it('without proof is an exception of the country after a week, until the proof is at hand', async () => {
    await dispatch('2020-03-13', { to: 'IT' });
    const event = await deliver('2020-03-14T00:00Z', 500, { proof: 'reported' });
    expect(await kinds({ until: '2020-03-21T00:00Z' })).toEqual([]);
    const [row] = await exceptions({ until: '2020-03-21' });
    expect(row).toMatchObject({ kind: 'UNCONFIRMED_DELIVERY', owner: { kind: 'country', id: 'IT' }, ageHours: 191 });
    const lines = [{ item: 'MASK', accepted: 500 }];
    const body = {
      consignment: 'C-1',
      recipient: 'CRI',
      proof: 'confirmed',
      pod: 'POD-1',
      lines,
      happenedAt: '2020-03-14',
    };
    const restated = { command: 'RecordDelivery', body };
    await correct('2020-03-25', { event, reason: 'incorrect_data', restated });
    expect(await kinds({ until: '2020-03-31' })).toEqual([]);
    expect(await kinds({ until: '2020-03-24', knownAt: '2020-03-24' })).toEqual(['UNCONFIRMED_DELIVERY']);
  });

  it('that was rejected in part waits for a decision of the country', async () => {
    await dispatch('2020-03-13', { to: 'IT' });
    await deliver('2020-03-14', 480, { lines: [{ item: 'MASK', accepted: 480, rejected: 20, cause: 'wrong item' }] });
    const [row] = await exceptions({ until: '2020-03-15' });
    expect(row).toMatchObject({
      kind: 'REJECTED_GOODS',
      owner: { kind: 'country', id: 'IT' },
      goods: [{ quantity: 20 }],
    });
    await say('RecordReturn', { consignment: 'C-1', lines: masks(20), happenedAt: '2020-03-16' });
    expect(await kinds({ until: '2020-03-17' })).toEqual([]);
  });
});

describe('milestones made anew from the first event', () => {
  const rows = (db: DatabaseSync) =>
    [
      'SELECT * FROM milestones ORDER BY position, known_from',
      'SELECT * FROM stated_expiries',
      'SELECT * FROM latest_recording',
    ].map((sql) => db.prepare(sql).all());

  it('are the live ones, row by row', async () => {
    const event = await dispatch('2020-03-10T00:00Z', { lines: masks(500, { lot: 'L7', expiry: '2020-03-31' }) });
    await arrive('2020-03-15T00:00Z');
    await receive('2020-03-15', 480, 12);
    await say('HoldLot', { item: 'MASK', lot: 'L7', reason: 'quality', happenedAt: '2020-03-16' });
    await correct('2020-03-17', { event, reason: 'did_not_occur' });
    const { log, projector, views } = app.get<Stores>(STORES);
    await projector.catchUp();
    const rebuilt = ViewsDatabase.open(':memory:', LOG, VIEWS);
    for (const delivered of await withHistories(log, await log.readAll(0, 10_000))) rebuilt.apply([delivered]);
    expect(rows(rebuilt.db)).toEqual(rows(views.db));
    expect(rows(rebuilt.db)[0]).toHaveLength(4);
    rebuilt.close();
  });
});

describe('a closed consignment', () => {
  it('is an exception when a correction opens its books again', async () => {
    await dispatch('2020-03-13');
    const event = await receive('2020-03-14', 500);
    await say('CloseConsignment', { consignment: 'C-1', happenedAt: '2020-03-15' });
    expect(await kinds({ until: '2020-03-31' })).toEqual([]);
    const lines = [{ item: 'MASK', good: 490 }];
    const body = { consignment: 'C-1', hub: 'BELGG', grn: 'GRN-1', complete: true, lines, happenedAt: '2020-03-14' };
    const restated = { command: 'RecordReceipt', body };
    await correct('2020-03-20', { event, reason: 'incorrect_data', restated });
    const rows = await exceptions({ until: '2020-03-31' });
    expect(rows.map(({ kind, since }) => [kind, since.slice(0, 10)])).toEqual([
      ['CLOSED_BUT_OPEN', '2020-03-15'],
      ['OPEN_DISCREPANCY', '2020-03-14'],
    ]);
    expect(rows[0]!.what).toBe('closed, and 10 MASK unexplained');
  });
});

describe('a balance below zero', () => {
  it('is named when stock left before it came', async () => {
    await dispatch('2020-03-13');
    await receive('2020-03-16', 500);
    const onward = { consignment: 'C-2', from: 'BELGG', to: 'IT', lines: [{ item: 'MASK', quantity: 100 }] };
    await say('DispatchConsignment', { ...onward, happenedAt: '2020-03-15' });
    const [row] = await exceptions({ until: '2020-03-15' });
    expect(row).toMatchObject({
      kind: 'NEGATIVE_BALANCE',
      name: 'hub BELGG',
      figures: { quantity: -100 },
      ageHours: 23,
    });
    expect(await kinds({ until: '2020-03-16', kind: 'NEGATIVE_BALANCE' })).toEqual([]);
  });
});

describe('a pledge book below zero', () => {
  it('is named when a pledge was cut before it was made', async () => {
    const pledge = { donation: 'EU-1', lines: [{ item: 'MASK', quantity: 60_000, destination: 'undecided' }] };
    await say('AmendPledge', { ...pledge, happenedAt: '2020-02-20' });
    const rows = await exceptions({ until: '2020-02-25' });
    expect(rows.map(({ kind, name, figures }) => [kind, name, figures])).toEqual([
      ['NEGATIVE_BALANCE', 'donation EU-1', { quantity: -40_000 }],
    ]);
  });
});

describe('a lot', () => {
  beforeEach(async () => {
    const line = { lot: 'L7', expiry: '2020-03-31' };
    await dispatch('2020-03-13', { lines: masks(500, line) });
    await receive('2020-03-14', 500, 0, { lines: [{ item: 'MASK', good: 500, ...line }] });
  });

  it('on hold is an exception where it lies, then a recall, then none', async () => {
    const about = { item: 'MASK', lot: 'L7' };
    await say('HoldLot', { ...about, reason: 'quality', happenedAt: '2020-03-16' });
    await say('RecallLot', { ...about, reason: 'fails FFP2', happenedAt: '2020-03-18' });
    await say('ReleaseLot', { ...about, happenedAt: '2020-03-20' });
    expect(await kinds({ until: '2020-03-15' })).toEqual([]);
    expect((await exceptions({ until: '2020-03-17' }))[0]).toMatchObject({
      ...{ kind: 'LOT_ON_HOLD', name: 'lot MASK/L7 at hub BELGG', owner: { kind: 'hub', id: 'BELGG' } },
      ...{ what: '500 MASK on hold since 2020-03-16: quality', ageHours: 47 },
    });
    expect(await kinds({ until: '2020-03-19' })).toEqual(['LOT_RECALLED']);
    expect(await kinds({ until: '2020-03-20' })).toEqual([]);
    expect(await kinds({ until: '2020-03-19', knownAt: '2020-03-17' })).toEqual(['LOT_ON_HOLD']);
  });

  it('past its last day of use is an exception of the hub', async () => {
    expect(await kinds({ until: '2020-03-31' })).toEqual([]);
    expect((await exceptions({ until: '2020-04-01' }))[0]).toMatchObject({
      ...{ kind: 'EXPIRED_STOCK', since: '2020-04-01T00:00:00.000Z', what: '500 MASK could be used until 2020-03-31' },
    });
  });
});

describe('papers', () => {
  it('with a number that does not fit are named until they are corrected', async () => {
    await dispatch('2020-03-13T00:00Z', { mode: 'air', waybill: '999-12345678' });
    expect((await exceptions({ until: '2020-03-14' }))[0]).toMatchObject({
      ...{ kind: 'DOUBTFUL_NUMBER', what: 'dispatched 2020-03-13: waybill 999-12345678' },
    });
  });

  it('that come late are one exception for each record', async () => {
    await dispatch('2020-03-13T00:00Z', { reportedAt: '2020-03-20T00:00Z' });
    await arrive('2020-03-14');
    expect(await kinds({ kind: 'RECORDED_LATE' })).toEqual([]);
    await say('RecordReceipt', {
      ...{ consignment: 'C-1', hub: 'BELGG', complete: true, lines: [{ item: 'MASK', good: 500 }] },
      ...{ happenedAt: '2020-03-14', reportedAt: '2020-03-24' },
    });
    expect(await exceptions({ kind: 'RECORDED_LATE' })).toEqual([
      expect.objectContaining({ open: false, figures: { entries: 1, days: 10 }, since: '2020-03-24T00:00:00.000Z' }),
    ]);
    expect(await kinds({ kind: 'RECORDED_LATE', knownAt: '2020-03-23' })).toEqual([]);
  });
});

describe('the list', () => {
  beforeEach(async () => {
    await dispatch('2020-03-13T00:00Z', { lines: masks(500, { destination: 'BE+IT' }) });
    await dispatch('2020-03-13T00:00Z', { consignment: 'C-2', to: 'ES', lines: masks(10) });
  });

  it.each([
    ['a country of a group', { country: 'it' }, ['consignment C-1']],
    ['a country that has to act', { country: 'ES' }, ['consignment C-2']],
    ['a hub on the way', { hub: 'belgg' }, ['consignment C-1']],
    ['what is past', { state: 'past' }, []],
  ])('shows only %s when asked', async (_what, query, names) => {
    expect((await exceptions({ until: '2020-03-17', ...query })).map(({ name }) => name)).toEqual(names);
  });

  it('refuses what nobody registered', async () => {
    await expect(exceptions({ country: 'XX' })).rejects.toThrow('There is no country XX');
    await expect(exceptions({ hub: 'NOWHERE' })).rejects.toThrow('There is no hub NOWHERE');
    await expect(exceptions({ kind: 'LATE' })).rejects.toThrow(/must be one of/);
  });

  it('counts ages to until, else to the date of knowledge, else to the latest recording', async () => {
    const agesAt = async (query: object) => (await ask(exceptionsReport, query)).agesAt;
    expect(await agesAt({ until: '2020-03-17', knownAt: '2020-03-20' })).toBe('2020-03-17T23:59:59.999Z');
    expect(await agesAt({ knownAt: '2020-03-20' })).toBe('2020-03-20T23:59:59.999Z');
    const entries = await app.get<Stores>(STORES).log.readAll(0, 10_000);
    expect(await agesAt({})).toBe(entries.at(-1)!.recordedAt);
  });

  it('answers over HTTP, as JSON and as a table', async () => {
    await caughtUp();
    const answer = await app.inject('/reports/exceptions?until=2020-03-17&kind=late_leg');
    expect(answer.json().rows).toHaveLength(2);
    const table = await app.inject('/reports/exceptions?until=2020-03-17&format=table');
    expect(table.body).toContain('LATE_LEG: a consignment takes or took longer than the target of its route.');
    expect((await app.inject('/reports/discrepancies')).json()).toMatchObject({ rows: [], agesAt: expect.any(String) });
  });
});
