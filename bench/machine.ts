// bench: where and on what the figures were measured.
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = ['@nestjs/core', '@nestjs/platform-fastify', 'fastify', 'class-validator', 'autocannon'];

export function machine(): Record<string, string> {
  const processors = cpus();
  return {
    node: process.versions.node,
    sqlite: process.versions['sqlite'] ?? 'unknown',
    system: `${type()} ${release()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    processors: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}`,
    'load average before': loadavg()[0]!.toFixed(1),
    ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

function versionOf(name: string): string {
  // Not every package lets its package.json be imported.
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      return (JSON.parse(readFileSync(join(path, name, 'package.json'), 'utf8')) as { version: string }).version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}
