// The test server as a process of its own: says where it is, serves, and ends when asked.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Clients, numbered, numbersOf, read } from './clients.js';
import { EventStoreServer } from './server.js';

const clients = new Clients();
afterEach(() => clients.dispose());

const SERVE = fileURLToPath(new URL('./serve.mjs', import.meta.url));

function served(...args: string[]) {
  const child = spawn(process.execPath, [SERVE, ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, ended: once(child, 'close') };
}

it.each([
  ['one node', 'SIGTERM', '1', /^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/],
  ['three nodes', 'SIGINT', '3', /^esdb:\/\/(127\.0\.0\.1:\d+,){2}127\.0\.0\.1:\d+\?tls=false$/],
] as const)('%s are told by their connection string, and end on %s', async (_what, signal, nodes, expected) => {
  const { child, ended } = served('--port', '0', '--nodes', nodes);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];

  expect(line).toMatch(expected);
  const client = clients.connect(line);
  await client.appendToStream('donation-A', numbered(0, 1));
  expect(numbersOf(await read(client.readAll()))).toEqual([0, 1]);
  child.kill(signal);
  expect(await ended).toEqual([0, null]);
});

it.each([
  ['that cannot be', () => 'http', /^--port must be a whole number from 0 to 65535 \(was "http"\)\.\n$/],
  ['that is taken', (taken: number) => String(taken), /^The server cannot start: .*:\d+\. Choose another --port\.\n$/],
])('a port %s is refused in a sentence', async (_why, port, sentence) => {
  const other = await EventStoreServer.start();
  const { child, ended } = served('--port', port(other.members()[0]!.port));
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += String(text)));

  expect(await ended).toEqual([2, null]);
  expect(said).toMatch(sentence);
  await other.stop();
});
