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
    this.worker ??= this.begun();
    const url = pathToFileURL(file);
    url.searchParams.set('mode', 'rw');
    this.worker.postMessage(url.href);
    // A thread that ended, for want of memory perhaps, folded nothing; the next one may.
    await once(this.worker, 'message').catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private begun(): Worker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./fold.worker.${extension}`, import.meta.url));
    worker.on('error', () => (this.worker = undefined));
    return worker;
  }
}
