// bench: what Node is told when `npm start` starts the program.
import { readFileSync } from 'node:fs';

interface Package {
  readonly scripts: { readonly start: string };
}

/** The options of the last command of the script that start with two dashes and stand before its file. */
export function startedWith(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Package;
  const [, options = ''] = /node((?: --\S+)*) dist\/cli[.]js/.exec(scripts.start) ?? [];
  return options.split(' ').filter(Boolean);
}
