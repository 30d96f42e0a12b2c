// scenario: the same house over an event store: the demonstration and ten years of deliveries, with the same reports.
import { jest } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Folder, relief, type Ran } from '../support/cli.js';

// Each command is a process of its own, on machines that have others to run too.
jest.setTimeout(120_000);

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const SERVER = path('../support/esdb/serve.mjs');
const SOURCE = new URL('../data/scms-delivery-history.csv.gz', import.meta.url);
const MAPPING = path('../../data/mappings/scms.json');

const folder = new Folder();
const servers: ChildProcess[] = [];

afterAll(async () => {
  for (const server of servers) {
    server.kill();
    await once(server, 'exit');
  }
  folder.remove();
});

/** The test server as a process of its own, as `npm run esdb-test-server` starts it. */
async function started(): Promise<string> {
  const flags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];
  const server = spawn(process.execPath, [...flags, SERVER, '--port', '0'], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  servers.push(server);
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  return String(line).trim();
}

/** Where an entry stands, and when it got there: that alone differs between two logs that were told the same. */
const OF_THE_LOG = ['position', 'about', 'recordedAt'];

/** What a report says, without what says where it was read. */
async function rows(report: string, ...options: string[]): Promise<unknown> {
  const { code, out, err } = await relief('report', report, '--format', 'json', ...options);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out, (field, value: unknown) => (OF_THE_LOG.includes(field) ? undefined : value));
}

async function demandWell(work: Promise<Ran>, says: string): Promise<void> {
  const { code, out, err } = await work;
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain(says);
}

describe('The history of March 2020 over an event store', () => {
  let there: string[];
  const here = ['--data', folder.file('demo')];

  beforeAll(async () => {
    there = ['--data', folder.file('demo-views'), '--event-store', await started()];
    await demandWell(relief('demo', '--no-serve', ...here), '0 refused');
    await demandWell(relief('demo', '--no-serve', ...there), '0 refused');
  }, 120_000);

  it.each([
    ['countries', []],
    ['countries', ['--known-at', '2020-03-16T12:00Z']],
    ['countries', ['--known-at', '2020-03-18T12:00Z', '--until', '2020-03-17']],
    ['statement', ['--country', 'IR', '--from', '2020-03-01', '--to', '2020-03-31']],
    ['donation', ['--donation', 'IR-2020-1']],
    ['flights', []],
    ['exceptions', ['--until', '2020-03-31', '--known-at', '2020-03-31']],
  ] as [string, string[]][])('gives the same report: %s %j', async (report, options) => {
    expect(await rows(report, ...there, ...options)).toEqual(await rows(report, ...here, ...options));
  });

  it('adds nothing when it is played again, and leaves clean books', async () => {
    await demandWell(relief('demo', '--no-serve', ...there), '0 facts recorded');
    await demandWell(relief('verify', ...there), 'The books are in order.');
  });

  it('is the same after it was copied into a folder, and that folder is a house like any other', async () => {
    const address = there[3]!;
    const back = ['--data', folder.file('copied')];
    await demandWell(relief('copy', '--from', address, ...back), 'each compared with its original; 0 of them');
    await demandWell(relief('copy', '--from', address, ...back), '357 entries');

    expect(await rows('countries', ...back)).toEqual(await rows('countries', ...here));
    await demandWell(relief('verify', ...back), 'The books are in order.');
  });

  it('is the same after the folder was copied to another event store', async () => {
    const address = await started();
    await demandWell(relief('copy', '--to', address, ...here), '357 entries');

    const copied = ['--data', folder.file('copied-views'), '--event-store', address];
    expect(await rows('countries', ...copied)).toEqual(await rows('countries', ...here));
    expect((await relief('copy', '--to', address, '--data', folder.file('copied'))).err).toMatch(
      /is not a copy of this log/,
    );
  });
});

describe('Ten years of deliveries over an event store', () => {
  it('come in whole, give the same reports, and add nothing the second time', async () => {
    const file = folder.file('scms.csv');
    writeFileSync(file, gunzipSync(readFileSync(SOURCE)));
    const there = ['--data', folder.file('scms-views'), '--event-store', await started()];
    const here = ['--data', folder.file('scms')];
    const load = (where: string[]) => relief('import', file, '--mapping', MAPPING, ...where);
    await demandWell(load(here), '10,324 accepted');
    await demandWell(load(there), '10,324 accepted, 0 already there, 0 refused');
    await demandWell(load(there), '0 accepted, 10,324 already there, 0 refused; 0 facts recorded');

    for (const options of [[], ['--until', '2014-09-30', '--known-at', '2014-09-30']]) {
      expect(await rows('countries', ...there, ...options)).toEqual(await rows('countries', ...here, ...options));
    }
    await demandWell(relief('verify', ...there), 'The books are in order.');
  }, 300_000);
});
