// The server as a process of its own: `npm run esdb-test-server -- --port 2113 --nodes 3`. Ends on SIGTERM and SIGINT.
import { parseArgs } from 'node:util';
import '../../contract/ts-resolve.mjs';

const { EventStoreServer } = await import('./server.ts');

const PORT_MAX = 65_535;
const NODES_MAX = 9;

const { values } = parseArgs({
  options: { port: { type: 'string', default: '2113' }, nodes: { type: 'string', default: '1' } },
});

function stop(why) {
  console.error(why);
  process.exit(2);
}

function whole(name, least, most) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  return stop(`--${name} must be a whole number from ${least} to ${most} (was "${values[name]}").`);
}

const options = { port: whole('port', 0, PORT_MAX), nodes: whole('nodes', 1, NODES_MAX) };
const server = await EventStoreServer.start(options).catch(({ message }) =>
  stop(`The server cannot start: ${message}. Choose another --port.`),
);
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void server.stop());
console.log(server.connectionString);
