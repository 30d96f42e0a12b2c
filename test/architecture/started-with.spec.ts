// architecture: however the program is started, Node is told the same of its memory.
import { startedWith } from '../../bench/started-with.js';
import { textOf } from './files.js';

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const YOUNG = '--max-semi-space-size=16';

it('the bench starts it as `npm start` does', () => expect(startedWith()).toEqual([YOUNG]));

it.each(['start', 'demo', 'relief'])('npm run %s', (script) => {
  expect(scripts[script]).toMatch(new RegExp(`node ${YOUNG} (dist/cli|bin/relief)[.]m?js`));
});

it('relief', () => expect(textOf('bin/relief.mjs').split('\n')[0]).toBe(`#!/usr/bin/env -S node ${YOUNG}`));

it('the image', () => expect(textOf('Dockerfile')).toContain(`ENTRYPOINT ["node", "${YOUNG}", "bin/relief.mjs"]`));
