// A server in a process of its own, to be killed, and the few words to speak to it.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { start, type Options } from '../support/cli.js';

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export class Server {
  private said = '';
  private readonly ended: Promise<unknown>;

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
  ) {
    this.ended = once(child, 'close');
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.said += text));
  }

  /** Starts a server on the folder and waits until it answers. Throws what it said when it ends before. */
  static async on(folder: string, options: Options = {}): Promise<Server> {
    const port = await freePort();
    const child = start(['serve', '--data', folder, '--port', String(port)], options);
    const server = new Server(child, `http://127.0.0.1:${port}`);
    const answers = new Promise<string>((resolve) => {
      child.stdout!.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('answers at')) resolve('answers');
      });
    });
    if ((await Promise.race([answers, server.ended])) !== 'answers') throw new Error(server.said);
    return server;
  }

  async post(path: string, body: object, key: string): Promise<Reply> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    return replyOf(await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  async get(path: string): Promise<Reply> {
    return replyOf(await fetch(this.url + path));
  }

  /** Kills it as a failing machine would, or asks it to end. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }
}

async function replyOf(response: Response): Promise<Reply> {
  return { status: response.status, body: (await response.json()) as Reply['body'] };
}
