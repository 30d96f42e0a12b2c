// store: the thread that folds write-ahead files into their databases.
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** The thread begins when it is first needed, for most commands write little. */
export class Folding {
  private worker: Worker | undefined;

  /**
   * Resolves when the write-ahead file of the database in `file` was folded, as far as those who read it let it. Never
   * throws, and makes no file.
   */
  async fold(file: string): Promise<void> {
    this.worker ??= begun();
    const url = pathToFileURL(file);
    url.searchParams.set('mode', 'rw');
    this.worker.postMessage(url.href);
    await once(this.worker, 'message');
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }
}

function begun(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new Worker(new URL(`./fold.worker.${extension}`, import.meta.url));
}
