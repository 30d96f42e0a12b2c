// scenario: what a newcomer meets, mistakes included.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { ended, Folder, relief, start } from '../support/cli.js';

const folder = new Folder();
afterAll(() => folder.remove());

const listening = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until the server says that it answers. */
function open(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.stdout!.on('data', (text: string) => {
      if (text.includes('answers at')) resolve();
    });
  });
}

describe('The command line', () => {
  it.each([
    // what was typed                                        exit  what it says
    [['report', 'countries', '--data', 'nowhere'], 1, 'There is no log in nowhere.'],
    [['reprot'], 1, 'Did you mean report?'],
    [['import', 'no-such-file.csv', '--data', folder.file('a')], 1, 'There is no file no-such-file.csv.'],
    [['serve', '--port', 'http'], 1, 'It must be a whole number.'],
    [['report', 'countries', '--format', 'pdf'], 1, 'Allowed choices are json, csv, table.'],
  ])('answers %j', async (args, code, sentence) => {
    const ran = await relief(...args);
    expect(ran.err).toContain(sentence);
    expect(ran.code).toBe(code);
  });

  it('names every command in its help', async () => {
    const { out } = await relief('help');
    for (const command of [
      'serve',
      'demo',
      'import',
      'report',
      'events',
      'rebuild',
      'verify',
      'logbook-template',
      'backup',
    ]) {
      expect(out).toContain(`  ${command}`);
    }
  });

  it('prints a logbook template that it takes back', async () => {
    const { out } = await relief('logbook-template');
    expect(out.split('\n')[0]).toMatch(/^entry,fact,corrects,happened_at/);
  });
});

describe('A server', () => {
  it('says that a port is in use', async () => {
    const server = createServer();
    const port = await listening(server);
    const { code, err } = await relief('serve', '--data', folder.file('b'), '--port', `${port}`);
    server.close();
    expect(err).toContain(`Port ${port} is in use.`);
    expect(code).toBe(1);
  });

  it('keeps its folder for itself, and lets others read beside it', async () => {
    const data = folder.file('c');
    const port = await freePort();
    const server = start(['serve', '--data', data, '--port', `${port}`]);
    const gone = ended(server);
    try {
      await open(server);
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
      const second = await relief('serve', '--data', data, '--port', `${port + 1}`);
      expect(second.err).toContain(`is in use by process ${server.pid}`);
      expect(second.code).toBe(1);
      expect((await relief('report', 'countries', '--data', data)).out).toContain(
        'Nothing recorded for this question.',
      );
      expect((await relief('backup', folder.file('copy.db'), '--data', data)).code).toBe(0);
      expect((await relief('backup', folder.file('copy.db'), '--data', data)).err).toContain(
        'a backup never replaces another one',
      );
    } finally {
      server.kill('SIGTERM');
    }
    expect([0, 143]).toContain((await gone).code ?? 143);
  }, 30_000);

  it('keeps standard output for people and writes a line about each request on standard error', async () => {
    const port = await freePort();
    const server = start(['serve', '--data', folder.file('e'), '--port', `${port}`]);
    const gone = ended(server);
    try {
      await open(server);
      await fetch(`http://127.0.0.1:${port}/donations`, { headers: { 'x-correlation-id': 'first-look' } });
    } finally {
      server.kill('SIGTERM');
    }
    const { out, err } = await gone;
    expect(out).toMatch(/^Relief Ledger answers at http:\/\/127[.]0[.]0[.]1:\d+, [^\n]*\n$/);
    const lines = err.split('\n').filter((line) => line !== '');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 'info', route: '/donations', status: 200, correlationId: 'first-look' },
    ]);
  }, 30_000);

  it.each([
    ['RELIEF_LOG_LEVEL', 'loud', 'must be one of trace, debug'],
    ['RELIEF_LAG_MAX_MS', 'soon', 'must be a whole number of milliseconds'],
  ])('does not start with a setting that says nothing: %s=%s', async (name, value, sentence) => {
    const { code, err } = await ended(
      start(['serve', '--data', folder.file('f'), '--port', '0'], { env: { [name]: value } }),
    );
    expect(err).toContain(`${name} ${sentence}`);
    expect(code).toBe(1);
    expect(existsSync(folder.file('f'))).toBe(false);
  });

  it('describes every command and report at /api-json', async () => {
    const port = await freePort();
    const server = start(['serve', '--data', folder.file('d'), '--port', `${port}`]);
    const gone = ended(server);
    try {
      await open(server);
      const response = await fetch(`http://127.0.0.1:${port}/api-json`);
      const { paths, components } = (await response.json()) as {
        paths: object;
        components: { schemas: Record<string, { properties: object }> };
      };
      expect(Object.keys(paths)).toEqual(
        expect.arrayContaining([
          '/donations',
          '/consignments/{consignment}/deliveries',
          '/reports/countries',
          '/events',
        ]),
      );
      expect(Object.keys(components.schemas['RecordDelivery']!.properties)).toEqual(
        expect.arrayContaining(['happenedAt', 'recipient', 'proof', 'lines']),
      );
      expect((await fetch(`http://127.0.0.1:${port}/api`)).status).toBe(200);
    } finally {
      server.kill('SIGTERM');
    }
    await gone;
  }, 30_000);
});
