// A disk of one's own for a script: small, or read-only. Made in a namespace of the script, it is gone with it.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ended, type Ran } from '../support/cli.js';

/** Ways to a namespace: as root, as anybody where the system lets them, as whoever may become root in CI. */
const WAYS: readonly (readonly string[])[] = [
  ['unshare', '--mount'],
  ['unshare', '--user', '--map-root-user', '--mount'],
  ...(process.env['CI'] ? [['sudo', '--non-interactive', 'unshare', '--mount']] : []),
];
const TRIAL = 'mount -t tmpfs -o size=64k tmpfs /tmp';

const WAY = WAYS.find(([command, ...args]) => spawnSync(command!, [...args, 'sh', '-c', TRIAL]).status === 0);

/** Why no disk can be made here; nothing when one can. */
export const noDisk = WAY ? undefined : `${process.platform} lets this user mount no disk (tried unshare)`;

/** Said as a test where the fault cannot be made: never on Linux in CI, where it must be. */
export function cannotBeMade(): void {
  process.stderr.write(`NOT CHECKED HERE: ${noDisk}. Run as root, or where users may make namespaces.\n`);
  expect(process.platform === 'linux' && process.env['CI'] !== undefined).toBe(false);
}

/** Runs a script of this folder after `mount`, where $DISK is the folder. */
export function onDisk(folder: string, mount: string, script: string, ...args: readonly string[]): Promise<Ran> {
  const [command, ...way] = WAY!;
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(
    command!,
    [
      ...way,
      'sh',
      '-c',
      `DISK="$1"; shift; ${mount} && exec "$@"`,
      'sh',
      folder,
      process.execPath,
      path,
      folder,
      ...args,
    ],
    { env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return ended(child);
}
