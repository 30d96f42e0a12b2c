// kernel: turns of the event loop, for long work that is done slice by slice.

const waiting: (() => void)[] = [];

/**
 * Waits for a turn of the loop in which nobody else who waits here works: several long works take as long together as
 * they would one after the other, and whoever else uses the loop waits for one slice of one of them at most.
 */
export function loopTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(next);
  });
}

function next(): void {
  const go = waiting.shift()!;
  if (waiting.length > 0) setImmediate(next);
  go();
}
