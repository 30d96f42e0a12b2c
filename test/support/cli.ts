// The command line as its users run it, in a process of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CountryRow } from '../../src/country-report/country-report.js';
import type { Report } from '../../src/nest/report.answers.js';

export type CountryReport = Report<CountryRow>;

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A data folder that is gone after the test. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'relief-'));

  file(name: string): string {
    return join(this.path, name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** How the process is run; nothing special when left out. */
export interface Options {
  readonly nodeOptions?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

export function start(args: readonly string[], { nodeOptions = [], env: more = {} }: Options = {}): ChildProcess {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('RELIEF_')));
  return spawn(process.execPath, [...nodeOptions, CLI, ...args], {
    env: { ...env, NODE_OPTIONS: '', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Waits for the process to end. */
export function ended(child: ChildProcess): Promise<Ran> {
  let out = '';
  let err = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, out, err })));
}

export function relief(...args: string[]): Promise<Ran> {
  return ended(start(args));
}

/** The country report of a folder; throws what the command said when it failed. */
export async function countries(data: string, ...options: string[]): Promise<CountryReport> {
  const { code, out, err } = await relief('report', 'countries', '--data', data, '--format', 'json', ...options);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as CountryReport;
}
