// bench: where and on what the figures were measured.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

const PACKAGES = ['@nestjs/core', '@nestjs/platform-fastify', 'fastify', 'class-validator', 'autocannon'];
const PEERS = ['emmett', 'emmett-sqlite', 'emmett-expressjs'].map((name) => `@event-driven-io/${name}`);
const PEERS_FOLDER = new URL('./peers/', import.meta.url);

export function machine(): Record<string, string> {
  const processors = cpus();
  const peers = hasPeers() ? [...PEERS, 'express', 'sqlite3'] : [];
  return {
    node: process.versions.node,
    sqlite: process.versions['sqlite'] ?? 'unknown',
    system: `${type()} ${release()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    processors: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}`,
    'load average before': loadavg()[0]!.toFixed(1),
    ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name, import.meta.url)])),
    ...Object.fromEntries(peers.map((name) => [name, versionOf(name, new URL('package.json', PEERS_FOLDER).href)])),
  };
}

/** True when the peers are installed in their own folder. */
export function hasPeers(): boolean {
  return existsSync(new URL(`node_modules/${PEERS[1]}/package.json`, PEERS_FOLDER));
}

function versionOf(name: string, from: string): string {
  // Not every package lets its package.json be imported.
  const paths = createRequire(from).resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      return (JSON.parse(readFileSync(join(path, name, 'package.json'), 'utf8')) as { version: string }).version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}
