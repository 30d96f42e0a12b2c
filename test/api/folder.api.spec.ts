// The house over HTTP on a data folder: what was answered is there when it is opened again, and nothing more.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../contract/folder.js';
import { upTo } from '../contract/proposed.js';
import { openFor } from '../../src/open-for.js';
import { openApp } from '../../src/main.js';
import { serverLog } from '../../src/nest/server-log.js';
import { statedLimits } from '../../src/nest/stated.js';
import { VIEWS } from '../../src/store/data-folder.js';
import { Api, donationAtLiege, pledge } from './app.js';

const happenedAt = '2020-03-16';

describe('a house on a data folder', () => {
  const folder = newFolder();
  const open = (use: 'write' | 'rehearse' = 'write') => Api.open({ kind: 'folder', folder, use });
  const state = async (api: Api) => ({
    events: await api.events(),
    report: (await api.get('/reports/countries')).json,
    stock: (await api.get('/hubs/BELGG/stock')).json,
    donations: (await api.get('/donations?limit=1000')).json,
    consignments: (await api.get('/consignments')).json,
    places: (await api.get('/catalogue/places')).json,
  });
  let before: Awaited<ReturnType<typeof state>>;

  it('takes 100 commands at once', async () => {
    const api = await open();
    await donationAtLiege(api, 'FIRST', 1_000);
    const answers = await Promise.all(upTo(100).map((n) => api.record('/donations', pledge(`DON-${n + 100}`))));
    await api.get(`/reports/countries?after=${Math.max(...answers.map(({ position }) => position))}`);

    before = await state(api);
    expect(before.report.rows).toContainEqual(expect.objectContaining({ country: 'IT', pledged: 1_000 }));
    expect(before.donations).toHaveLength(101);
    await api.close();
  });

  it('is the same when it is opened again: the default catalogue is there already', async () => {
    const api = await open();

    expect(await state(api)).toEqual(before);
    await api.close();
  });

  it('is the same when its views were deleted', async () => {
    rmSync(join(folder, VIEWS));
    const api = await open();

    expect(await state(api)).toEqual(before);
    await api.close();
  });

  it('is the same after a rehearsal that recorded more', async () => {
    const rehearsal = await open('rehearse');
    const { position } = await rehearsal.record('/donations', pledge('TRIED'));
    await rehearsal.record('/hubs/BELGG/allocations', { happenedAt, item: 'MASK', quantity: 400, to: 'IT' });
    await rehearsal.get(`/reports/countries?after=${position}`);
    const tried = await state(rehearsal);
    expect(tried.donations).toHaveLength(102);
    expect(tried.stock).toHaveLength(2);
    await rehearsal.close();

    const api = await open();
    expect(await state(api)).toEqual(before);
    await api.close();
  });

  it('keeps what the organisation made of the default catalogue', async () => {
    const first = await open();
    await first.record('/catalogue/items/MASK/amendments', {
      happenedAt,
      item: 'MASK',
      name: 'Surgical mask',
      unit: 'piece',
    });
    const events = await first.events();
    await first.close();

    const api = await open();
    expect(await api.events()).toBe(events);
    expect((await api.get('/catalogue/items')).json).toContainEqual(
      expect.objectContaining({ item: 'MASK', name: 'Surgical mask' }),
    );
    await api.close();
  });
});

it('a server that cannot be put together leaves its folder to the next one', async () => {
  const plan = { kind: 'folder', folder: newFolder(), use: 'write' } as const;
  const stores = await openFor(plan);
  const broken = {
    ...stores,
    get projector(): never {
      throw new Error('no projector');
    },
  };

  await expect(openApp(broken, serverLog('silent'), statedLimits())).rejects.toThrow('no projector');
  await (await openFor(plan)).close();
});
