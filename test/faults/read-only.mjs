// The command line on a read-only disk; prints the exit code and the words of each command, one JSON object.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [disk, kept] = process.argv.slice(2);
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const HISTORY = fileURLToPath(new URL('../../data/demo/march-2020.csv', import.meta.url));

const run = (...words) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words, '--data', disk], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
};

console.log(
  JSON.stringify({
    report: run('report', 'countries', '--format', 'json'),
    verify: run('verify'),
    backup: run('backup', join(kept, 'backup.db')),
    serve: run('serve', '--port', '39999'),
    import: run('import', HISTORY),
    rebuild: run('rebuild'),
  }),
);
