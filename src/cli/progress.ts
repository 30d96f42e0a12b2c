// cli: how far long work is, on a terminal only.
import { SingleBar } from 'cli-progress';

export interface Bar {
  at(done: number, total?: number): void;
  end(): void;
}

const SHOW_AFTER_MS = 500;

/** A bar on standard error that appears when the work takes a while; silent when that is not a terminal. */
export function progressBar(what: string, unit: string): Bar {
  if (!process.stderr.isTTY) return { at: () => undefined, end: () => undefined };
  const started = performance.now();
  let bar: SingleBar | undefined;
  return {
    at(done, total) {
      if (!bar && performance.now() - started < SHOW_AFTER_MS) return;
      bar ??= begin(what, unit, total);
      if (total !== undefined) bar.setTotal(total);
      bar.update(done);
    },
    end: () => bar?.stop(),
  };
}

function begin(what: string, unit: string, total: number | undefined): SingleBar {
  const format =
    total === undefined ? `${what}: {value} ${unit}` : `${what} {bar} {value} of {total} ${unit}, {eta_formatted} left`;
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true });
  bar.start(total ?? 0, 0);
  return bar;
}
