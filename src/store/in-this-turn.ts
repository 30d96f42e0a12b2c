// store: how long answers have been given in one turn of the event loop.

let began: number | undefined;

/** Milliseconds since this was first asked in this turn of the loop. */
export function inThisTurn(): number {
  if (began === undefined) {
    began = performance.now();
    setImmediate(() => (began = undefined));
  }
  return performance.now() - began;
}
