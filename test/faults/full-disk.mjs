// A server on a disk that fills up and is cleared again; prints what was answered, one JSON object.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [disk, kept, left] = process.argv.slice(2);
const [data, filler] = [join(disk, 'data'), join(disk, 'filler')];
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const MOST = 3_000;

const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const { port } = probe.address();
probe.close();

const server = spawn(process.execPath, [CLI, 'serve', '--data', data, '--port', String(port)], {
  stdio: ['ignore', 'pipe', 'pipe'],
});
let logged = '';
server.stderr.on('data', (text) => (logged += text));
const closed = once(server, 'close');
await Promise.race([once(server.stdout, 'data'), closed]);

const said = [];
async function ask(method, path, body, key) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

async function pledge(n) {
  const commandId = `full-disk-pledge-${n}`;
  const lines = [{ item: 'MASK', quantity: 500, destination: 'IT' }];
  const { status, body } = await ask(
    'POST',
    '/donations',
    { donation: `GIFT-${n}`, donor: 'JMF', happenedAt: '2020-03-13', lines },
    commandId,
  );
  if (status === 201) said.push({ ...body, commandId });
  return status;
}

function fill() {
  for (const size of [65_536, 4_096, 256, 1]) {
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(size));
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    }
  }
  truncateSync(filler, statSync(filler).size - Number(left));
}

await ask(
  'POST',
  '/catalogue/organisations',
  { organisation: 'JMF', name: 'JMF', country: 'CN', happenedAt: '2020-03-01' },
  'register-jmf',
);
for (let n = 0; n < 20; n++) await pledge(n);

fill();
let next = 20;
let refused;
for (; next < MOST; next++) {
  refused = await pledge(next);
  if (refused !== 201) break;
}
const meanwhile = {
  again: await pledge(next),
  report: (await ask('GET', '/reports/countries?country=IT')).status,
  record: (await ask('GET', '/donations/GIFT-3')).status,
  events: (await ask('GET', '/events?from=0&limit=10')).status,
};

rmSync(filler);
const after = { same: await pledge(next), other: await pledge(next + 1) };
const position = said.at(-1)?.position;
const health = await ask('GET', '/health');
const report = await ask('GET', `/reports/countries?country=IT&after=${position}`);
server.kill('SIGTERM');
await closed;
cpSync(data, kept, { recursive: true });
console.log(
  JSON.stringify({
    said,
    refused,
    meanwhile,
    after,
    health,
    report: report.status,
    pledged: report.body.rows?.[0]?.pledged,
    logged,
  }),
);
