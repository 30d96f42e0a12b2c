// Fault: the clock of the machine steps, while the program runs and between two runs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../contract/folder.js';
import { brokenPromises } from './answered.js';
import { booksOf } from './books.js';
import { FieldOffice, registerOrganisations } from './field-office.js';
import { Server } from './server.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STEP = 3;

const folder = join(newFolder(), 'data');
const clock = join(newFolder(), 'clock');
const preload = new URL('./shifted-clock.mjs', import.meta.url).href;

/** From now on the machine's clock is so far from the true time. */
const shift = (milliseconds: number) => writeFileSync(clock, String(milliseconds));
const started = () => Server.on(folder, { nodeOptions: ['--import', preload], env: { RELIEF_FAULT_CLOCK: clock } });

async function recordSome(office: FieldOffice, server: Server): Promise<void> {
  for (let n = 0; n < STEP; n++) if (!(await office.record(server))) throw new Error('Nobody answered.');
}

/** Status of a pledge that says it happened so many milliseconds from the true time. */
async function pledged(server: Server, donation: string, milliseconds: number): Promise<number> {
  const happenedAt = new Date(Date.now() + milliseconds).toISOString();
  const body = { donation, donor: 'JMF', happenedAt, lines: [{ item: 'MASK', quantity: 1, destination: 'IT' }] };
  return (await server.post('/donations', body, `pledge-${donation}`)).status;
}

describe('a clock that steps back by an hour', () => {
  const office = new FieldOffice('CLOCK');

  it('while the program runs: what is recorded is never dated before what stood there', async () => {
    shift(0);
    const server = await started();
    await registerOrganisations(server);
    await recordSome(office, server);
    shift(-HOUR);
    await recordSome(office, server);
    shift(HOUR);
    await recordSome(office, server);
    await server.end('SIGTERM');

    const { log, broken } = await booksOf(folder);
    expect(broken).toEqual([]);
    expect(brokenPromises(office.answered, log)).toEqual([]);
    const times = log.map(({ recordedAt }) => recordedAt);
    expect(times).toEqual([...times].sort());
    expect(Date.parse(times.at(-1)!)).toBeGreaterThan(Date.now() + HOUR - MINUTE);
  }, 30_000);

  it('between two runs: the second goes on from the date of the last entry', async () => {
    shift(0);
    const before = (await booksOf(folder)).log;
    const server = await started();
    await recordSome(office, server);
    await server.end('SIGKILL');

    const { log, broken } = await booksOf(folder);
    expect(broken).toEqual([]);
    expect(brokenPromises(office.answered, log)).toEqual([]);
    const behind = log.slice(before.length).map(({ recordedAt }) => recordedAt);
    expect(behind).toEqual(Array(STEP).fill(before.at(-1)!.recordedAt));
  }, 30_000);

  it('judges "in the future" by the clock as it stands: more than five minutes ahead of it is malformed', async () => {
    shift(0);
    const server = await started();
    expect(await pledged(server, 'SOON-1', 4 * MINUTE)).toBe(201);
    expect(await pledged(server, 'LATE-1', 6 * MINUTE)).toBe(400);
    shift(-HOUR);
    expect(await pledged(server, 'LATE-2', 0)).toBe(400);
    expect(await pledged(server, 'SOON-2', 4 * MINUTE - HOUR)).toBe(201);
    shift(0);
    expect(await pledged(server, 'LATE-2', 0)).toBe(201);
    await server.end('SIGTERM');

    expect((await booksOf(folder)).broken).toEqual([]);
  }, 30_000);
});
