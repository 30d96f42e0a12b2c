#!/usr/bin/env -S node --max-semi-space-size=16 --v8-pool-size=0 --page-promotion-threshold=20
// Starts dist/cli.js under Node 24: this one if it is new enough, else the one that `npm ci` brought.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const stop = (message) => (console.error(message), process.exit(1));

if (!existsSync(here('../dist/cli.js'))) stop('relief is not built yet: run `npm run build` first.');

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('../dist/cli.js');
} else {
  const node24 = here(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
  if (!existsSync(node24)) {
    stop(
      `relief needs Node 24 (this is ${process.versions.node}): install it, or run \`npm ci\` without --ignore-scripts.`,
    );
  }
  // What this Node was told, above all of its young generation, is said to that one too.
  const args = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(node24, args, { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(`relief could not start ${node24}: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const each of signals) process.removeAllListeners(each);
    if (signal) process.kill(process.pid, signal);
    else process.exit(code);
  });
}
