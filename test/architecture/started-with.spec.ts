// architecture: however the program is started, Node is told the same of its memory and its helpers.
import { startedWith } from '../../bench/started-with.js';
import { textOf } from './files.js';

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const OPTIONS = ['--max-semi-space-size=16', '--v8-pool-size=0', '--page-promotion-threshold=20'];
const SAID = OPTIONS.join(' ');

it('the bench starts it as `npm start` does', () => expect(startedWith()).toEqual(OPTIONS));

it.each(['start', 'demo', 'relief'])('npm run %s', (script) => {
  expect(scripts[script]).toMatch(new RegExp(`node ${SAID} (dist/cli|bin/relief)[.]m?js`));
});

it('relief', () => expect(textOf('bin/relief.mjs').split('\n')[0]).toBe(`#!/usr/bin/env -S node ${SAID}`));

it('the image', () => {
  const entry = JSON.stringify(['node', ...OPTIONS, 'bin/relief.mjs']).replaceAll(',', ', ');
  expect(textOf('Dockerfile')).toContain(`ENTRYPOINT ${entry}`);
});

it('the operations page', () => expect(textOf('docs/operations.md')).toContain(`node ${SAID} dist/cli.js serve`));
