// bench, ours: from the command that starts the server to its first report.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildViews, readExpected } from '../history.ts';
import { mustEqual } from '../totals.ts';
import type { Trial } from '../trial.ts';
import { cellsOf } from './asking.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export const start: Trial = async ({ history }) => {
  await buildViews(history);
  const began = performance.now();
  const server = spawn(process.execPath, [CLI, 'serve', '--data', history, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // A line about the one request would stand in the middle of the bench's own progress.
    env: { ...process.env, RELIEF_LOG_LEVEL: 'warn' },
  });
  const answer = await fetch(`${await urlOf(server)}/reports/countries`);
  const report = await answer.text();
  const milliseconds = performance.now() - began;
  mustEqual('The first report', readExpected(history).questions[0]!.totals, cellsOf(report));
  server.kill('SIGTERM');
  await once(server, 'exit');
  return { milliseconds };
};

async function urlOf(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stdout! })) {
    const url = /http:\/\/[\w.:[\]]+/.exec(line)?.[0];
    if (url) return url;
  }
  throw new Error('The server ended before it answered.');
}
