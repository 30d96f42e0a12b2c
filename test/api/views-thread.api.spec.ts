// A house whose views are kept by a thread: what whoever asks and records meets, also when that thread fails.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Projector } from '../../src/kernel/projector.js';
import { openFor } from '../../src/open-for.js';
import { isClean, verify } from '../../src/audit/verify.js';
import { DamagedLog } from '../../src/store/damaged-log.js';
import { EVENTS } from '../../src/store/data-folder.js';
import { SqliteEventStore } from '../../src/store/sqlite.event-store.js';
import { STORES, type Stores } from '../../src/store/stores.js';
import { newFolder } from '../contract/folder.js';
import { overwrite } from '../contract/overwrite.js';
import { upTo } from '../contract/proposed.js';
import { Api, donationAtLiege, organisations, pledge } from './app.js';

const open: Api[] = [];

async function house(folder = newFolder()): Promise<Api> {
  const api = await Api.open({ kind: 'folder', folder, use: 'write' });
  open.push(api);
  return api;
}

afterEach(() => Promise.all(open.splice(0).map((api) => api.close())));

const storesOf = (api: Api) => api.app.get<Stores>(STORES);

/** The thread, which nobody else gets hold of. */
const threadOf = ({ projector }: { projector: Projector }) =>
  (projector as unknown as { follower: { worker?: Worker } }).follower.worker;

const pledged = async (api: Api): Promise<number> => {
  const { rows } = (await api.get('/reports/countries')).json as { rows: { country: string; pledged: number }[] };
  return rows.find(({ country }) => country === 'IT')?.pledged ?? 0;
};

describe('whoever asks', () => {
  it('finds what was answered before, without naming a position', async () => {
    const api = await house();
    await organisations(api);
    for (const n of upTo(30)) {
      await api.record('/donations', pledge(`DON-${n}`));
      expect(await pledged(api)).toBe((n + 1) * 10);
    }
  });

  it('is told of a position and of the rows that belong to it, however much is recorded meanwhile', async () => {
    const api = await house();
    await organisations(api);
    await storesOf(api).projector.catchUp();
    const { events: before } = storesOf(api).projector.checkpoint;
    const recorded = Promise.all(upTo(200).map((n) => api.record('/donations', pledge(`DON-${n}`))));
    let asked = 0;
    for (let done = false; !done;) {
      done = await Promise.race([recorded.then(() => true), new Promise<false>((r) => setImmediate(r, false))]);
      const { rows, asOf } = (await api.get('/reports/countries')).json;
      const italy = (rows as { country: string; pledged: number }[]).find(({ country }) => country === 'IT');
      expect(italy?.pledged ?? 0).toBe((asOf.events - before) * 10);
      asked++;
    }
    expect(asked).toBeGreaterThan(1);
    expect(await pledged(api)).toBe(2_000);
  });
});

describe('whoever records', () => {
  it('is decided upon with everything that was recorded before', async () => {
    const api = await house();
    await donationAtLiege(api, 'FIRST', 1_000);
    const allocation = { happenedAt: '2020-03-16', item: 'MASK', quantity: 100, to: 'IT' };

    const replies = await Promise.all(upTo(15).map(() => api.post('/hubs/BELGG/allocations', allocation)));

    expect(replies.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(replies.flatMap(({ status, json }) => (status === 201 ? [] : [json.code as string]))).toEqual(
      Array(5).fill('NOT_ENOUGH_STOCK'),
    );
  });
});

describe('the thread', () => {
  it('begins when there is something to keep: views that are up to date are answered from without it', async () => {
    const folder = newFolder();
    const before = await house(folder);
    await donationAtLiege(before, 'FIRST', 1_000);
    await storesOf(before).projector.catchUp();
    await open.pop()!.close();
    const api = await house(folder);
    expect(await pledged(api)).toBe(0);
    expect(threadOf(storesOf(api)) === undefined).toBe(true);

    await api.record('/donations', pledge('SECOND'));

    expect(await pledged(api)).toBe(10);
    expect(threadOf(storesOf(api)) === undefined).toBe(false);
  });

  it('leaves the log and the views as one file each when the house is closed', async () => {
    const folder = newFolder();
    await donationAtLiege(await house(folder), 'FIRST', 1_000);
    await open.pop()!.close();

    expect(readdirSync(folder).filter((file) => /-(wal|shm)$/.test(file))).toEqual([]);
  });

  it('that died is followed by another one, which goes on where it was', async () => {
    const api = await house();
    await donationAtLiege(api, 'FIRST', 1_000);
    const { projector, log } = storesOf(api);
    await projector.catchUp();
    const dying = threadOf(storesOf(api))!;
    const { position } = await api.record('/donations', pledge('MEANWHILE'));
    const waiting = projector.catchUp();
    await dying.terminate();
    await waiting.catch((error: Error) => expect(error.message).toMatch(/has ended; another one goes on/));

    expect(await projector.waitFor(position, 10_000)).toBe(true);

    expect(projector.failedWith).toBeUndefined();
    expect(threadOf(storesOf(api)) === dying).toBe(false);
    expect(projector.checkpoint.position).toBe(await log.reached());
    expect(await pledged(api)).toBe(10);
    expect(isClean(await verify(storesOf(api)))).toBe(true);
  });

  it('that meets damage stops the log too: nothing is written behind it', async () => {
    const folder = newFolder();
    await donationAtLiege(await house(folder), 'FIRST', 1_000);
    await open.pop()!.close();
    const stores = await openFor({ kind: 'folder', folder, use: 'write' });
    const [late, later] = [await lastOf(stores, 1), await lastOf(stores, 2)];
    const { position } = await stores.log.append('donation-LATE', -1, late);
    // The thread begins meanwhile, which takes it longer than this.
    overwrite(join(folder, EVENTS), `UPDATE events SET data = replace(data, 'i', 'j') WHERE position = ${position}`);

    await expect(stores.projector.catchUp()).rejects.toThrow(DamagedLog);
    await expect(stores.log.append('donation-LATER', -1, later)).rejects.toThrow(DamagedLog);

    await stores.close();
  });

  it('lets go of a long way when the house is closed, and goes on from there', async () => {
    const folder = newFolder();
    const api = await house(folder);
    await organisations(api);
    const [event] = await lastOf(storesOf(api), 0);
    await open.pop()!.close();
    const log = await SqliteEventStore.open(join(folder, EVENTS));
    for (const n of upTo(12)) {
      const page = upTo(1_000).map((nth) => ({ ...event!, id: idOf(n * 1_000 + nth) }));
      await log.append(`catalogue-organisation-O-${n}`, -1, page);
    }
    const reached = await log.reached();
    await log.close();

    const first = await openFor({ kind: 'folder', folder, use: 'write' });
    const moved = new Promise<void>((resolve) => first.projector.onMoved(resolve));
    void first.projector.catchUp();
    await moved;
    await first.close();
    const second = await openFor({ kind: 'folder', folder, use: 'write' });
    expect(second.views.checkpoint().position).toBeLessThan(reached);

    await second.rebuilding!.upToDate();

    expect(second.views.checkpoint().position).toBe(reached);
    expect(isClean(await verify(second))).toBe(true);
    await second.close();
  });
});

const idOf = (n: number) => `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`;

/** The last entry as it would be recorded again, under another id. */
async function lastOf({ log }: Stores, n: number) {
  const [entry] = await log.readAll((await log.reached()) - 1, 1);
  const { stream: _stream, version: _version, position: _position, imported: _imported, ...rest } = entry!;
  return [{ ...rest, id: idOf(900_000 + n) }];
}
