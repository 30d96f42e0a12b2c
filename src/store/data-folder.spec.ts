// store: one folder, one writing process.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../../test/contract/folder.js';
import { claim, EVENTS, exists, FolderInUse } from './data-folder.js';

const children: ChildProcess[] = [];

/** Another process that claims the folder and stays. */
async function claimedByAnother(folder: string): Promise<ChildProcess> {
  const source = new URL('./data-folder.ts', import.meta.url).href;
  const script = `
    const { claim } = await import(${JSON.stringify(source)});
    globalThis.lock = claim(${JSON.stringify(folder)});
    console.log('claimed');
    setInterval(() => {}, 1000);`;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script],
    {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`exit ${code}`))),
  ]);
  return child;
}

afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

describe('a data folder', () => {
  it('is made when it is not there, with everything above it', () => {
    const folder = join(newFolder(), 'made', 'for', 'you');
    claim(folder).release();

    expect(existsSync(folder)).toBe(true);
    expect(exists(folder)).toBe(false);
    expect(EVENTS).toBe('events.db');
  });

  it('is refused to a second claim, in a sentence that names the process and the way out', () => {
    const folder = newFolder();
    const lock = claim(folder);

    expect(() => claim(folder)).toThrow(FolderInUse);
    expect(() => claim(folder)).toThrow(new RegExp(`${folder}.* in use by process ${process.pid}, started 20.*--data`));
    lock.release();
  });

  it('can be claimed again after it was released', () => {
    const folder = newFolder();
    for (let time = 0; time < 3; time++) claim(folder).release();

    claim(folder).release();
  });

  it('is nobody else’s affair: other folders can be claimed', () => {
    const locks = [claim(newFolder()), claim(newFolder())];

    locks.forEach((lock) => lock.release());
  });

  it('is refused while another process has it, and free when that process was killed', async () => {
    const folder = newFolder();
    const child = await claimedByAnother(folder);
    expect(() => claim(folder)).toThrow(new RegExp(`in use by process ${child.pid},`));

    child.kill('SIGKILL');
    await once(child, 'exit');

    claim(folder).release();
  });
});
