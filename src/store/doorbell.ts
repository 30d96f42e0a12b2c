// store: how a thread that does one thing after the other waits for the next.
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

/** Waking a thread takes some fifty microseconds: whoever comes again sooner than this is looked for instead. */
const LOOKED_FOR_MS = 0.15;

/** A number in shared memory that changes with each message: a thread that sleeps on it wakes sooner than by an event. */
export type Bell = Int32Array<SharedArrayBuffer>;

export function newBell(): Bell {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Sends to a thread that waits at a `Door`. */
export function ring(bell: Bell, port: MessagePort, message: unknown): void {
  port.postMessage(message);
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
}

export class Door<Message> {
  private readonly bell: Bell;
  private readonly port: MessagePort;
  /** How long the last message was waited for. */
  private waitedMs = Infinity;

  constructor(bell: Bell, port: MessagePort) {
    [this.bell, this.port] = [bell, port];
  }

  /** The next message; the thread does nothing else before it is there. */
  next(): Message {
    const began = performance.now();
    for (;;) {
      const rung = Atomics.load(this.bell, 0);
      const received = receiveMessageOnPort(this.port);
      if (received) {
        this.waitedMs = performance.now() - began;
        return received.message as Message;
      }
      if (this.waitedMs < LOOKED_FOR_MS) this.lookOut(rung, began + LOOKED_FOR_MS);
      Atomics.wait(this.bell, 0, rung);
    }
  }

  private lookOut(rung: number, until: number): void {
    while (Atomics.load(this.bell, 0) === rung && performance.now() < until);
  }
}
