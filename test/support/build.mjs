// Builds dist once before the specs that run the command line as its users do.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

export default function build() {
  const nest = createRequire(import.meta.url).resolve('@nestjs/cli/bin/nest.js');
  execFileSync(process.execPath, [nest, 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
