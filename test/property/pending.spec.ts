import { GoodsLedgerView } from '../../src/goods-ledger/goods-ledger.view.js';
import { balanceRows } from '../../src/goods-ledger/ledger-rows.js';
import { isMoment } from '../../src/kernel/moments.js';
import { upcast } from '../../src/kernel/shapes.js';
import { fingerprint, eventId } from '../../src/kernel/identifiers.js';
import { consignment } from '../../src/consignment/consignment.js';
import { dispatch } from '../../src/consignment/dispatch.js';
import { donation } from '../../src/donation/donation.js';
import { pledge } from '../../src/donation/donation.js';
import { Transactions } from '../../src/kernel/transact.js';
import { MemoryEventStore } from '../../src/store/memory.event-store.js';
import { SHAPES } from '../../src/app.module.js';
import { verify } from '../../src/audit/verify.js';
import { Story } from './histories.js';
import { Office } from '../support/office.js';
import { House } from '../support/house.js';
import { given } from '../support/given.js';
import * as relief from '../support/relief.js';
import { ViewsDatabase } from '../../src/store/views-database.js';

const happenedAt = '2020-03-10';
const open = async () => (await Story.begin()).office;
const ids = async (o: Office) => (await o.log.readAll(0, 1000)).at(-1)!;

describe('pending', () => {
  it('B1 rollback keeps no codes', () => {
    const views = ViewsDatabase.open(':memory:', 'log', [GoodsLedgerView]);
    const good = { entry: relief.entry(relief.dispatched()) };
    const bad = { entry: relief.entry({ type: 'GoodsLost', data: null as unknown as object }, { position: 2, version: 1 }) };
    expect(() => views.apply([good, bad])).toThrow();
    views.apply([good]);
    expect(balanceRows(views.db)).toHaveLength(2);
  });
  it('B2 order of lots', async () => {
    const o = await open();
    const line = (lot: string) => ({ item: 'MASK', donation: 'JMF-1', lot, quantity: 1 });
    await o.record('DispatchConsignment', { happenedAt, consignment: 'C-1', from: 'CNHGH', to: 'IT', lines: [line('L1'), line('L2')] });
    await o.record('DispatchConsignment', { happenedAt, consignment: 'C-2', from: 'CNHGH', to: 'IT', lines: [line('L2'), line('L1')] });
    const lost = await o.record('RecordLoss', { happenedAt, consignment: 'C-2', cause: 'lost', lines: [{ item: 'MASK', donation: 'JMF-1', quantity: 1 }] });
    await o.record('CorrectConsignmentEntry', { happenedAt, consignment: 'C-2', event: lost.events[0], reason: 'did_not_occur', note: 'typing error' });
    await o.projector.catchUp();
    expect(balanceRows(o.views.db).filter(({ key }) => key.startsWith('lost/'))).toEqual([]);
  });
  it('B3 offsets', () => {
    expect(isMoment('2020-03-31T12:00+24:00')).toBe(false);
  });
  it('B3b poison', async () => {
    const house = await House.open();
    try {
      await house.record('RegisterOrganisation', { ...relief.registerOrganisation() });
      await house.record('PledgeDonation', { ...relief.pledge({ happenedAt: '2020-03-31T12:00+24:00' }) });
      await house.countries({});
    } finally {
      await house.close();
    }
  });
  it('B4 verify after a second dispatch', async () => {
    const o = await open();
    const [entry] = await o.log.readStream('consignment-C-0');
    await o.record('CorrectConsignmentEntry', { happenedAt, consignment: 'C-0', event: entry!.id, reason: 'did_not_occur', note: 'typing error' });
    await o.record('DispatchConsignment', { happenedAt, consignment: 'C-0', from: 'BELGG', to: 'IT', lines: [{ item: 'MASK', quantity: 1 }] });
    await o.projector.catchUp();
    expect((await verify(o)).findings.flatMap(({ broken }) => broken)).toEqual([]);
  });
  it('B5 nested upcast', () => {
    const shapes = { Old: [(data: object) => ({ ...data, today: true })], EntryCorrected: [] };
    const entry = relief.entry(relief.corrected('D@1', relief.corrected('D@0', { type: 'Old', data: {} })));
    const today = upcast(shapes, entry) as unknown as { data: { restated: { fact: { data: { restated: { schema: number; fact: object } } } } } };
    expect(today.data.restated.fact.data.restated).toMatchObject({ schema: 2, fact: { type: 'Old', data: { today: true } } });
  });
  it('B6 restated allocation', async () => {
    const o = await open();
    const body = { happenedAt, hub: 'BELGG', item: 'MASK', donation: 'JMF-1', to: 'IT', quantity: 20 };
    const a = await o.record('AllocateStock', body);
    await o.record('CorrectHubEntry', { happenedAt, hub: 'BELGG', event: a.events[0], reason: 'incorrect_data', note: 'typing error', restated: { command: 'AllocateStock', body: { ...body, quantity: 12 } } });
    await o.projector.catchUp();
    expect(o.ledger.holdings('atHub', 'BELGG').filter(({ item }) => item === 'MASK').map(({ account, donation, quantity }) => `${account.destination} ${donation} ${quantity}`).sort()).toEqual(['IT ALIBABA-1 15', 'IT JMF-1 12', 'undecided JMF-1 8']);
  });
  it('B7 restated dispatch from a hub', async () => {
    const o = await open();
    const body = (quantity: number) => ({ happenedAt, consignment: 'C-1', from: 'BELGG', to: 'IT', lines: [{ item: 'MASK', donation: 'JMF-1', quantity }] });
    const a = await o.record('DispatchConsignment', body(20));
    await o.record('CorrectConsignmentEntry', { happenedAt, consignment: 'C-1', event: a.events[0], reason: 'incorrect_data', note: 'typing error', restated: { command: 'DispatchConsignment', body: body(12) } });
    await o.projector.catchUp();
    expect(o.ledger.holdings('atHub', 'BELGG').filter(({ item, donation }) => item === 'MASK' && donation === 'JMF-1').map(({ account, quantity }) => `${account.destination} ${quantity}`)).toEqual(['undecided 8']);
  });
  it('B7b without donation', async () => {
    const o = await open();
    const body = (quantity: number) => ({ happenedAt, consignment: 'C-1', from: 'BELGG', to: 'IT', lines: [{ item: 'VENTILATOR', quantity }] });
    const a = await o.record('DispatchConsignment', body(10));
    await o.record('CorrectConsignmentEntry', { happenedAt, consignment: 'C-1', event: a.events[0], reason: 'incorrect_data', note: 'typing error', restated: { command: 'DispatchConsignment', body: body(9) } });
  });
  it('B8 dispatch repeated with another donation', () => {
    const lines = [{ item: 'MASK', donation: 'ALIBABA-1', quantity: 480 }];
    given(consignment, [relief.dispatched()]).when((state) => dispatch(relief.dispatch({ lines }), state, { to: { country: 'BE', kind: 'hub' } })).thenRefused('CONSIGNMENT_EXISTS');
  });
  it('B9 correction then command together', async () => {
    const store = new MemoryEventStore();
    const t = new Transactions(store, SHAPES);
    const base = { stream: 'donation-D', decider: donation, content: {}, happenedAt: relief.HAPPENED };
    const say = (id: string, decide: any) => ({ ...base, circumstances: relief.circumstances(id), decide });
    await t.transact([say('a', async () => [relief.pledged()])]);
    const seen: string[] = [];
    await t.transact([
      say('b', async () => [relief.corrected(eventId('a', 0))]),
      say('c', async (state: any) => { seen.push(state.status); return []; }),
    ]);
    expect(seen).toEqual(['none']);
  });
  it('B9b same id twice together', async () => {
    const store = new MemoryEventStore();
    const t = new Transactions(store, SHAPES);
    const one = { stream: 'donation-D', decider: donation, content: {}, happenedAt: relief.HAPPENED, circumstances: relief.circumstances('a'), decide: async () => [relief.pledged()] };
    await t.transact([one, one]).catch(() => undefined);
    const log = await store.readStream('donation-D');
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  });
  it('B10 fingerprint', () => {
    expect(fingerprint({ a: 1, b: 2 })).toBe(fingerprint({ b: 2, a: 1 }));
  });
  it('B11 voided pledge with amendment', () => {
    given(donation, [relief.pledged(), relief.amended(), relief.corrected('test@0')]).when((state) => pledge(relief.pledge(), state)).then([relief.pledged()]);
  });
  it('B12 masked correction', async () => {
    const o = await open();
    const id = (await o.log.readStream('donation-JMF-1'))[0]!.id;
    const body = { happenedAt, donation: 'JMF-1', donor: 'JMF', lines: [{ item: 'MASK', quantity: 40, destination: 'IT' }] };
    const correction = (event: string, more: object) => o.record('CorrectDonationEntry', { happenedAt, donation: 'JMF-1', event, note: 'typing error', ...more });
    const first = await correction(id, { reason: 'incorrect_data', restated: { command: 'PledgeDonation', body } });
    await correction(id, { reason: 'did_not_occur' });
    expect(await correction(first.events[0]!, { reason: 'did_not_occur' })).toMatchObject({ repeated: false });
  });
  it('B13 command id on two streams', async () => {
    const o = await open();
    await o.record('PledgeDonation', { happenedAt, donation: 'D-1', donor: 'JMF', lines: [] }, 'one-command');
    await o.record('PledgeDonation', { happenedAt, donation: 'D-2', donor: 'JMF', lines: [] }, 'one-command').catch(() => undefined);
    const log = await o.log.readAll(0, 1000);
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  });
  it('B14 two equal corrections together', async () => {
    void ids;
  });
});
