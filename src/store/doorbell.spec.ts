// store: a thread that waits at a door.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import { newBell, ring } from './doorbell.js';

const DOOR = new URL('./doorbell.ts', import.meta.url).href;
const ECHO = `
  import { workerData } from 'node:worker_threads';
  import { Door } from '${DOOR}';
  const { bell, port } = workerData;
  const door = new Door(bell, port);
  for (let message = door.next(); message !== 'close'; message = door.next()) port.postMessage(message);
  port.close();
`;

function echo() {
  const { port1: port, port2 } = new MessageChannel();
  const bell = newBell();
  const url = new URL(`data:text/javascript,${encodeURIComponent(ECHO)}`);
  const worker = new Worker(url, { workerData: { bell, port: port2 }, transferList: [port2] });
  const heard: unknown[] = [];
  const listeners = new Set<() => void>();
  port.on('message', (message) => {
    heard.push(message);
    for (const listener of listeners) listener();
  });
  const hear = async (count: number) => {
    while (heard.length < count) await new Promise<void>((resolve) => listeners.add(resolve));
    return heard;
  };
  return { worker, say: (message: unknown) => ring(bell, port, message), hear };
}

describe('a thread at a door', () => {
  it('takes what came before it was there, what comes at once and what comes while it sleeps, in order', async () => {
    const { worker, say, hear } = echo();
    for (const message of [1, 2, 3]) say(message);
    await hear(3);
    for (const message of [4, 5]) {
      say(message);
      await hear(message);
    }
    await pause(20);
    say(6);
    expect(await hear(6)).toEqual([1, 2, 3, 4, 5, 6]);
    say('close');
    expect(await once(worker, 'exit')).toEqual([0]);
  });

  it('is ended while it sleeps', async () => {
    const { worker, say, hear } = echo();
    say(1);
    await hear(1);
    await pause(20);
    expect(await worker.terminate()).toBe(1);
  });
});
